// @vitest-environment jsdom
import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, it } from 'vitest';
import cadre from './cadre.moddle.json';
import { namesOf, summarizeTable, tableInShort, tableOf } from './decision';
import { readInputs, stepTypeId } from './dialect';
import { lookOf } from './look';
import { StepCatalogue, type StepType } from './stepCatalogue';
import type { ModdleObject } from './types';

const TABLE = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="d">
  <decision id="decision" name="Discount"><decisionTable id="t" hitPolicy="COLLECT" aggregation="SUM">
    <input id="i1" label="Amount"><inputExpression id="e1" typeRef="number"><text>order.amount</text></inputExpression></input>
    <input id="i2"><inputExpression id="e2" typeRef="string"><text>tier</text></inputExpression></input>
    <output id="o" name="discount" typeRef="number"/>
    <rule id="r1"><inputEntry id="a"><text>&gt;= 100</text></inputEntry><inputEntry id="b"><text>"gold" &amp; co ]]&gt;</text></inputEntry><outputEntry id="c"><text>0.1</text></outputEntry></rule>
    <rule id="r2"><inputEntry id="f"><text/></inputEntry><inputEntry id="g"><text/></inputEntry><outputEntry id="h"><text>0</text></outputEntry></rule>
  </decisionTable></decision>
</definitions>`;

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const FILE = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:cadre="http://cadre.dev/schema/bpmn/1.0" targetNamespace="http://cadre.dev">
  <process id="p" isExecutable="true">
    <businessRuleTask id="decide" name="Discount"><extensionElements><cadre:decision required="true">{"tier":"{{ trigger.tier }}"}</cadre:decision><cadre:table>${escaped(TABLE)}</cadre:table></extensionElements></businessRuleTask>
    <businessRuleTask id="empty"/>
  </process>
</definitions>`;

const CATALOGUE = new StepCatalogue([{ id: 'decision-table', title: 'Decision table', kind: 'core', icon: 'M0 0', inputSchema: {} } as unknown as StepType]);

interface Moddle {
  fromXML(xml: string): Promise<{ rootElement: ModdleObject; elementsById: Record<string, ModdleObject>; warnings: unknown[] }>;
  toXML(root: ModdleObject): Promise<{ xml: string }>;
}

const moddle = new BpmnModdle({ cadre }) as unknown as Moddle;

describe('a decision table', () => {
  it('is known by its columns, rules and hit policy', () => {
    const table = summarizeTable(TABLE);
    expect(table).toMatchObject({
      name: 'Discount',
      hitPolicy: 'COLLECT SUM',
      inputs: [
        { title: 'Amount', text: 'order.amount', type: 'number' },
        { title: 'tier', text: 'tier', type: 'string' },
      ],
      outputs: [{ title: 'discount', text: 'discount' }],
    });
    expect(table?.rules.map((rule) => rule.id)).toEqual(['r1', 'r2']);
    expect(table?.rules[0]).toMatchObject({ cells: ['>= 100', '"gold" & co ]]>'], results: ['0.1'] });
    expect(table && namesOf(table)).toEqual(['order', 'tier']);
    expect(table && tableInShort(table)).toBe('2 rules · COLLECT SUM');
  });

  it('is none where the text is something else', () => {
    for (const text of ['', 'x', '<a', '<definitions/>', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', TABLE.replace('20191111', '20180521')]) expect(summarizeTable(text)).toBeUndefined();
  });

  it('is read from the workflow, drawn on the card, and survives being written', async () => {
    const { rootElement, elementsById, warnings } = await moddle.fromXML(FILE);
    expect(warnings).toEqual([]);
    const decide = elementsById.decide as ModdleObject;
    expect(stepTypeId(decide)).toBe('decision-table');
    expect(readInputs(decide)).toEqual({ tier: '{{ trigger.tier }}' });
    expect(lookOf(decide, CATALOGUE)).toMatchObject({ shape: 'card', kind: 'Decision table', title: 'Discount', subtitle: '2 rules · COLLECT SUM' });
    expect(lookOf(elementsById.empty as ModdleObject, CATALOGUE)).toMatchObject({ subtitle: 'No table yet' });

    const again = await moddle.fromXML((await moddle.toXML(rootElement)).xml);
    expect(tableOf(again.elementsById.decide as ModdleObject)).toEqual(summarizeTable(TABLE));
  });
});
