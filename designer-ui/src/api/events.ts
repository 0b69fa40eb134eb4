import { session } from './session';

export interface LiveEvent {
  type: 'run' | 'task' | 'listen' | 'listen-ended';
  runId?: string;
  workflowId: string;
  taskId?: string | null;
  elementId?: string | null;
  /** Of the run or task; why listening ended: stopped, taken-over, deleted. */
  status?: string;
  /** Who ended the listening. */
  by?: string;
  at: string;
}

export interface EventLine {
  onEvent: (event: LiveEvent) => void;
  /** Told when the line opens or breaks, so that a page can poll meanwhile. */
  onState?: (open: boolean) => void;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;

/** Hears what happens to runs of the organization until it is closed; connects again when the line breaks. */
export function listenToEvents({ onEvent, onState }: EventLine): () => void {
  let closed = false;
  let wait = FIRST_WAIT_MS;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connect = (): void => {
    const token = session.token();
    const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
    socket = new WebSocket(`${scheme}://${window.location.host}/api/v1/events`, token ? ['cadre.v1', `bearer.${token}`] : ['cadre.v1']);
    socket.addEventListener('open', () => {
      wait = FIRST_WAIT_MS;
      onState?.(true);
    });
    socket.addEventListener('message', (message: MessageEvent<string>) => onEvent(JSON.parse(message.data) as LiveEvent));
    socket.addEventListener('close', () => {
      onState?.(false);
      if (closed) return;
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    });
  };
  connect();
  return () => {
    closed = true;
    clearTimeout(timer);
    socket?.close();
  };
}
