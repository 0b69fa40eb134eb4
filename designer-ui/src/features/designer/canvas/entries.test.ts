import { expect, it } from 'vitest';
import type { StepType } from '../../../diagram';
import { libraryEntries, search } from './entries';

const type = (id: string, title: string): StepType => ({ id, title, description: '', category: 'Flow', icon: '', kind: 'core', inputSchema: {}, outputSchema: {} });
const entries = libraryEntries([type('message', 'Wait for a message'), type('call', 'Call a workflow'), type('delay', 'Delay')]);
const first = (query: string): string | undefined => search(entries, query)[0]?.id;

it('draws events and calls as such, and not once more as steps', () => {
  expect(entries.filter((entry) => entry.made.kind === 'step').map((entry) => entry.id)).toEqual(['delay']);
  expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length);
});

it('offers each agent once more, with tools to draw', () => {
  const agents = libraryEntries([{ ...type('agent', 'AI agent'), kind: 'agent', category: 'AI' }, type('delay', 'Delay')]);
  expect(agents.slice(0, 2).map(({ id, category }) => `${category}: ${id}`)).toEqual(['AI: agent', 'AI: agent-with-tools']);
  expect(search(agents, 'ad-hoc sub-process')[0]?.made).toMatchObject({ type: 'bpmn:AdHocSubProcess', agent: { id: 'agent' } });
});

it('finds events by plain words and by those of BPMN', () => {
  expect([first('end'), first('takes too long'), first('first of'), first('another workflow'), first('undo with'), first('wait for a signal')]).toEqual(['end', 'too-long', 'first-of', 'call', 'undo-with', 'signal']);
  expect([first('event-based'), first('call activity'), first('event sub-process'), first('terminate')]).toEqual(['first-of', 'call', 'whenever', 'end-all']);
});
