// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { Task } from '../../api/types';
import { isWithinTool, nextWords, otherRun, readDrawn, taskWords, toolsWaitedFor } from './drawn';

const FILE = `<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL"><b:process id="p">
  <b:task id="book" name="Book it"/><b:boundaryEvent id="undo" attachedToRef="book"><b:compensateEventDefinition/></b:boundaryEvent>
  <b:task id="cancel" isForCompensation="true"/><b:association id="a" sourceRef="undo" targetRef="cancel"/>
  <b:intermediateCatchEvent id="paid"/><b:association id="note" sourceRef="book" targetRef="paid"/></b:process></b:definitions>`;

describe('what a task is about', () => {
  const drawn = readDrawn(FILE);
  const words = (elementId: string, status: 'waiting' | 'succeeded' | 'cancelled', stepType = 'message', input: unknown = {}) => taskWords({ elementId, status, stepType, input }, drawn);

  it('names the step that is undone, whatever became of it', () => {
    expect([...drawn.undoes]).toEqual([['cancel', 'Book it']]);
    expect(words('cancel', 'succeeded', 'transform')).toBe('Undoes “Book it”');
  });

  it('says what a wait is for, and that it is over without having happened', () => {
    expect(words('paid', 'waiting', 'message', { name: 'order paid', key: 'A1' })).toBe('Waits for the message “order paid” about A1');
    expect(words('paid', 'waiting', 'signal', { name: 'closed' })).toBe('Waits for the signal “closed”');
    expect(words('paid', 'cancelled')).toBe('Did not happen');
    expect(words('book', 'cancelled', 'transform')).toBeUndefined();
    expect([words('paid', 'succeeded'), words('paid', 'succeeded', 'delay'), words('book', 'succeeded', 'transform')]).toEqual(['It came', 'Its time has come', undefined]);
  });

  it('names the tools that an agent waits for, and when something is tried again', () => {
    const call = (id: string, endedAt: string | null) => ({ id, elementId: id, name: id, parentTaskId: 'a', stepType: 'tool-call', endedAt, iteration: '' }) as Task;
    const calls = [call('look-up', 'now'), call('refund', null), call('refund', null)];
    expect(toolsWaitedFor({ id: 'a', status: 'waiting' }, calls)).toBe('Waits for its tools: refund');
    expect(toolsWaitedFor({ id: 'a', status: 'running' }, calls)).toBeUndefined();
    expect(isWithinTool({ iteration: 'refund[2]' }, calls)).toBe(true);
    expect(isWithinTool({ iteration: 'items[2]' }, calls)).toBe(false);
    const later = { status: 'waiting' as const, nextAttemptAt: '2026-01-02T03:04:05Z' };
    expect(nextWords({ ...later, stepType: 'http-request', error: { code: 'X', message: 'busy' } })).toContain('Tried again at');
    expect(nextWords({ ...later, stepType: 'delay', error: null })).toContain('Until');
    expect(nextWords({ ...later, stepType: 'call', error: null })).toBeUndefined();
  });

  it('leads to the called run, and to no other output that looks like one', () => {
    expect(otherRun({ stepType: 'call', output: { runId: 'r2', output: 1 } })).toBe('r2');
    expect(otherRun({ stepType: 'transform', output: { runId: 'r2' } })).toBeUndefined();
    expect(otherRun({ stepType: 'call', output: null })).toBeUndefined();
    expect(otherRun({ stepType: 'call', output: null, calledRunId: 'r3' })).toBe('r3');
  });
});
