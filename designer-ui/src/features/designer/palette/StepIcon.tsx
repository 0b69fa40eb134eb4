import { lift } from '../../../diagram';

/** A step type's icon on a tile of its colour. */
export function StepIcon({ icon, colour, size = 36 }: { icon: string; colour: string; size?: number }) {
  const shade = lift(colour);
  return (
    <span className="step-icon" style={{ width: size, height: size, background: `color-mix(in oklab, ${shade} 16%, transparent)` }}>
      <svg aria-hidden width={size * 0.6} height={size * 0.6} viewBox="0 0 24 24" fill="none" stroke={shade} strokeWidth={1.8} strokeLinecap="round" strokeLinejoin="round">
        <path d={icon} />
      </svg>
    </span>
  );
}
