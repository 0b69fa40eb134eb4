import { t } from '../i18n';
import type { ModdleObject } from './types';
import { extension, textOf } from './dialect';

/** A column of a decision table. */
export interface TableColumn {
  /** What people read above the column. */
  title: string;
  /** What is asked (an input), or the name of the answer (an output). */
  text: string;
  type: string;
}

/** A decision table, as far as cards and forms speak of it. */
export interface TableSummary {
  name: string;
  hitPolicy: string;
  inputs: TableColumn[];
  outputs: TableColumn[];
  rules: { id: string; cells: string[]; results: string[] }[];
}

const DMN = 'https://www.omg.org/spec/DMN/20191111/MODEL/';
const known = new Map<string, TableSummary | undefined>();
const REMEMBERED = 50;

/** Undefined for a text that is no decision table of DMN 1.3. */
export function summarizeTable(xml: string): TableSummary | undefined {
  if (!known.has(xml)) {
    if (known.size >= REMEMBERED) known.clear();
    known.set(xml, read(xml));
  }
  return known.get(xml);
}

function read(xml: string): TableSummary | undefined {
  if (!xml.trim() || xml.includes('<!DOCTYPE')) return undefined;
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  const table = document.getElementsByTagNameNS(DMN, 'decisionTable')[0];
  if (!table) return undefined;
  const aggregation = table.getAttribute('aggregation');
  const policy = table.getAttribute('hitPolicy') ?? 'UNIQUE';
  return {
    name: table.parentElement?.getAttribute('name') ?? '',
    hitPolicy: aggregation ? `${policy} ${aggregation}` : policy,
    inputs: children(table, 'input').map(inputColumn),
    outputs: children(table, 'output').map(outputColumn),
    rules: children(table, 'rule').map((rule) => ({
      id: rule.getAttribute('id') ?? '',
      cells: children(rule, 'inputEntry').map(textIn),
      results: children(rule, 'outputEntry').map(textIn),
    })),
  };
}

function inputColumn(input: Element): TableColumn {
  const expression = children(input, 'inputExpression')[0];
  const text = expression ? textIn(expression) : '';
  return { title: input.getAttribute('label') || text, text, type: expression?.getAttribute('typeRef') ?? '' };
}

function outputColumn(output: Element): TableColumn {
  const name = output.getAttribute('name') ?? '';
  return { title: output.getAttribute('label') || name, text: name, type: output.getAttribute('typeRef') ?? '' };
}

function children(parent: Element, name: string): Element[] {
  return [...parent.children].filter((child) => child.localName === name && child.namespaceURI === DMN);
}

function textIn(element: Element): string {
  return children(element, 'text')[0]?.textContent?.trim() ?? '';
}

/** The names that the columns of a table ask for: what a step has to give it. */
export function namesOf(table: TableSummary): string[] {
  const names = table.inputs.map((column) => /^[\p{L}_][\p{L}\p{N}_]*/u.exec(column.text)?.[0]).filter((name) => name !== undefined);
  return [...new Set(names)];
}

/** The table of a decision on the canvas. */
export function tableOf(bo: ModdleObject): TableSummary | undefined {
  return summarizeTable(textOf(extension(bo, 'Table')));
}

/** `3 rules · UNIQUE` */
export function tableInShort(table: TableSummary): string {
  const values = { rules: table.rules.length, policy: table.hitPolicy };
  return table.rules.length === 1 ? t('1 rule · {{policy}}', values) : t('{{rules}} rules · {{policy}}', values);
}
