import type { components } from '../api/schema';
import type { Schema } from '../lib/schema';
import { ICONS } from './icons';

export type JsonSchema = Schema;

type View = components['schemas']['StepTypeView'];

/** A step type as the server lists it. */
export interface StepType extends Omit<View, 'kind' | 'plugin' | 'inputSchema' | 'outputSchema'> {
  kind: 'trigger' | 'tool' | 'agent' | 'connector' | 'core';
  plugin?: View['plugin'];
  inputSchema: JsonSchema;
  outputSchema: JsonSchema;
}

const PALETTE = ['#2563eb', '#0d9488', '#c026d3', '#dc2626', '#0891b2', '#65a30d', '#db2777', '#4f46e5'];

const KIND_COLOURS: Partial<Record<StepType['kind'], string>> = {
  trigger: '#e8890c',
  agent: '#7c5cff',
};

/** The step types that the installed plugins offer, by id. */
export class StepCatalogue {
  private byId = new Map<string, StepType>();

  constructor(types: readonly StepType[] = []) {
    this.replace(types);
  }

  replace(types: readonly StepType[]): void {
    this.byId = new Map(types.map((type) => [type.id, type]));
  }

  get(id: string | undefined): StepType | undefined {
    return id === undefined ? undefined : this.byId.get(id);
  }

  all(): StepType[] {
    return [...this.byId.values()];
  }
}

/** The same colour for everything of one plugin. */
export function stepColour(type: Pick<StepType, 'id' | 'kind' | 'plugin'>): string {
  const fixed = KIND_COLOURS[type.kind];
  if (fixed) return fixed;
  const key = type.plugin?.id ?? type.id;
  let hash = 7;
  for (const char of key) hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
  return PALETTE[hash % PALETTE.length] ?? '#2563eb';
}

export function stepIcon(type: Pick<StepType, 'icon'>): string {
  return type.icon || ICONS.puzzle;
}
