import { accessToken } from './http';

export interface LiveEvent {
  type: 'run' | 'task' | 'listen' | 'listen-ended';
  runId?: string;
  workflowId: string;
  elementId?: string;
  /** Of the run or task; why listening ended: stopped, taken-over, deleted. */
  status?: string;
  /** Who ended the listening. */
  by?: string;
}

const RECONNECT_MS = 3000;

/** Hears what happens to runs until it is closed; connects again when the line breaks. */
export function listenToEvents(onEvent: (event: LiveEvent) => void): () => void {
  let closed = false;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connect = (): void => {
    const address = `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/api/v1/events`;
    const token = accessToken();
    socket = new WebSocket(address, token ? ['cadre.v1', `bearer.${token}`] : ['cadre.v1']);
    socket.addEventListener('message', (message: MessageEvent<string>) => onEvent(JSON.parse(message.data) as LiveEvent));
    socket.addEventListener('close', () => {
      if (!closed) timer = setTimeout(connect, RECONNECT_MS);
    });
  };
  connect();
  return () => {
    closed = true;
    clearTimeout(timer);
    socket?.close();
  };
}
