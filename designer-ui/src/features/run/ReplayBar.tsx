import { ActionIcon, Slider, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { t } from '../../i18n';

interface ReplayBarProps {
  count: number;
  step: number;
  onStep: (step: number) => void;
  label: (step: number) => string;
}

const STEP_MS = 600;

/** Plays a finished run again, moment by moment. */
export function ReplayBar({ count, step, onStep, label }: ReplayBarProps) {
  const [playing, setPlaying] = useState(false);
  const last = count - 1;
  const moving = playing && step < last;
  useEffect(() => {
    if (!moving) return;
    const timer = setTimeout(() => onStep(step + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [moving, step, onStep]);
  const toggle = (): void => {
    if (!moving && step >= last) onStep(0);
    setPlaying(!moving);
  };
  return (
    <div className="run-replay">
      <ActionIcon size="lg" radius="xl" variant="light" onClick={toggle} aria-label={moving ? t('Pause') : t('Replay')}>
        {moving ? <IconPlayerPause size={18} /> : <IconPlayerPlay size={18} />}
      </ActionIcon>
      <Slider style={{ flex: 1 }} min={0} max={last} value={step} onChange={(next) => { setPlaying(false); onStep(next); }} label={null} thumbLabel={t('Moment of the run')} />
      <Text size="xs" c="dimmed" className="num" w={56} ta="right">
        {label(step)}
      </Text>
    </div>
  );
}
