export interface Size {
  width: number;
  height: number;
}

const TASK: Size = { width: 200, height: 66 };
const EVENT: Size = { width: 60, height: 60 };
const GATEWAY: Size = { width: 56, height: 56 };
const BOUNDARY: Size = { width: 32, height: 32 };

export const GROUP_SIZE: Size = { width: 440, height: 190 };

/** The size of our cards; undefined where bpmn-js keeps its own. */
export function cardSize(type: string): Size | undefined {
  if (/BoundaryEvent$/.test(type)) return BOUNDARY;
  if (/(StartEvent|EndEvent|IntermediateCatchEvent|IntermediateThrowEvent)$/.test(type)) return EVENT;
  if (/Gateway$/.test(type)) return GATEWAY;
  if (/(Task|CallActivity)$/.test(type)) return TASK;
  return undefined;
}
