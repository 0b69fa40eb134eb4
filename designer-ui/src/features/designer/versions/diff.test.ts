import { describe, expect, it } from 'vitest';
import { compare } from './diff';

const file = (steps: string): string => `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:cadre="http://cadre.dev/schema/bpmn/1.0" targetNamespace="http://cadre.dev"><process id="p">${steps}</process></definitions>`;
const step = (id: string, name: string, text: string): string =>
  `<serviceTask id="${id}" name="${name}"><extensionElements><cadre:step use="calculator">${text}</cadre:step></extensionElements></serviceTask>`;

describe('compare', () => {
  it('says which steps came, went and changed', async () => {
    const before = file(step('a', 'Add', '{"expression":"1"}') + step('b', 'Old', '{}') + step('same', 'Same', '{}'));
    const after = file(step('same', 'Same', '{}') + step('a', 'Add', '{"expression":"2"}') + step('c', 'New', '{}'));
    expect(await compare(before, after)).toEqual({ added: ['New'], removed: ['Old'], changed: ['Add'] });
  });

  it('says that the limits of the workflow changed', async () => {
    const limits = (most: number): string => file(`<extensionElements><cadre:limits concurrency="${most}" /></extensionElements>${step('a', 'Add', '{}')}`);
    expect(await compare(limits(1), limits(2))).toEqual({ added: [], removed: [], changed: ['Workflow settings'] });
  });
});
