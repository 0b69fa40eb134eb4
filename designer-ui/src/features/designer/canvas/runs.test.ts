import { expect, it } from 'vitest';
import { fakeModeler } from './fakeModeler';
import { readRunSettings, setRunSettings } from './runs';

it('writes what holds for all runs, and takes away what says nothing any more', async () => {
  const { modeler, xml } = await fakeModeler('');
  expect(readRunSettings(modeler)).toEqual({ timeout: '', concurrency: '', rate: '', window: '', priority: '' });
  setRunSettings(modeler, { concurrency: '5' });
  setRunSettings(modeler, { rate: '100' });
  setRunSettings(modeler, { timeout: 'P1D' });
  setRunSettings(modeler, { priority: '7' });
  expect(await xml()).toContain('<cadre:limits concurrency="5" rate="100/PT1M" /><cadre:timeout>P1D</cadre:timeout><cadre:priority>7</cadre:priority>');
  setRunSettings(modeler, { window: 'PT1H' });
  expect(readRunSettings(modeler)).toEqual({ timeout: 'P1D', concurrency: '5', rate: '100', window: 'PT1H', priority: '7' });
  for (const change of [{ rate: '' }, { concurrency: '' }, { timeout: '' }, { priority: '' }]) setRunSettings(modeler, change);
  expect(await xml()).not.toContain('extensionElements');
});

it('keeps what other tools say of the process', async () => {
  const { modeler, xml } = await fakeModeler('<extensionElements><cadre:limits concurrency="2" /><other:thing xmlns:other="urn:other">kept</other:thing></extensionElements>');
  setRunSettings(modeler, { concurrency: '' });
  expect(await xml()).toContain('kept');
  expect(await xml()).not.toContain('limits');
});
