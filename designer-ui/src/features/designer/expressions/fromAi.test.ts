import { describe, expect, it } from 'vitest';
import { evaluateTemplate, syntaxError } from './evaluate';
import { asFromAi, callsIn, fromAiText, replaceCalls, type FromAi } from './fromAi';

const CITY: FromAi = { name: 'city', description: 'The city to look up', type: 'string', schema: {}, required: true };
const data = { toolCall: { arguments: { city: 'Paris', days: 3 } }, items: [1, 2] };

describe('fromAi', () => {
  it('gives what the model gave, wherever it stands', async () => {
    expect(await evaluateTemplate("{{ fromAi('city', 'The city', 'string') }}", data)).toBe('Paris');
    expect(await evaluateTemplate("in {{ $uppercase(fromAi('city')) }} for {{ fromAi('days', '', 'integer') + 1 }}", data)).toBe('in PARIS for 4');
    expect(await evaluateTemplate("{{ items.($ * fromAi('days', 'how (many)', 'integer')) }}", data)).toEqual([3, 6]);
  });

  it('is no call within a text, nor behind a dot', async () => {
    expect(callsIn("{{ 'fromAi(1)' }}")).toEqual([]);
    expect(await evaluateTemplate('{{ "fromAi(" & items[0] }}', data)).toBe('fromAi(1');
    expect(syntaxError("{{ trigger.fromAi('a b') }}")).toBeUndefined();
  });

  it('says what is wrong before anybody calls', () => {
    expect(syntaxError('{{ fromAi(trigger.name) }}')).toContain('fromAi takes constants');
    expect(syntaxError("{{ fromAi('a b') }}")).toContain('letters, digits and _');
    expect(syntaxError("{{ fromAi('a', 'b', 'text') }}")).toContain('one of string');
    expect(syntaxError('{{ fromAi() }}')).toContain('fromAi takes constants');
    expect(syntaxError("{{ fromAi('a', 'b', 'number', {'minimum': -1}, false) }}")).toBeUndefined();
  });

  it('is written as it is read', () => {
    const all: FromAi[] = [CITY, { ...CITY, description: "It's \"the\" city\nof \\ today" }, { name: 'level', description: '', type: 'integer', schema: { enum: [1, 2] }, required: false }];
    for (const each of all) expect(asFromAi(fromAiText(each))).toMatchObject(each);
    expect(fromAiText(CITY)).toBe("{{ fromAi('city', 'The city to look up', 'string') }}");
    expect(asFromAi("https://{{ fromAi('city') }}")).toBeUndefined();
    expect(asFromAi("{{ fromAi('city') & '!' }}")).toBeUndefined();
  });

  it('can be replaced by data that is there', () => {
    expect(replaceCalls("{{ $round(fromAi('amount', '', 'number')) }} EUR", ({ name }) => `steps.ask.data.${name}`)).toBe('{{ $round(steps.ask.data.amount) }} EUR');
  });
});
