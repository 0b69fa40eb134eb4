import { Checkbox, Text } from '@mantine/core';
import { t } from '../../../i18n';
import { withCompanions, withDependents } from '../companions';
import type { Permission } from './calls';
import { bySubject, EVERYBODYS, type Subject } from './subjects';

interface PermissionPickerProps {
  permissions: readonly Permission[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

/** Chooses permissions, subject by subject. Nobody gives away more than they have: the rest can be read, not chosen. */
export function PermissionPicker({ permissions, chosen, onChange }: PermissionPickerProps) {
  const set = (names: readonly string[], on: boolean): void => {
    const next = new Set(chosen);
    if (on) for (const name of withCompanions(names)) next.add(name);
    else for (const name of withDependents(names)) next.delete(name);
    onChange(next);
  };
  return (
    <div className="permission-groups">
      {bySubject(permissions).map((subject) => (
        <SubjectFields key={subject.name} subject={subject} chosen={chosen} set={set} />
      ))}
    </div>
  );
}

interface SubjectFieldsProps {
  subject: Subject;
  chosen: ReadonlySet<string>;
  set: (names: readonly string[], on: boolean) => void;
}

function SubjectFields({ subject, chosen, set }: SubjectFieldsProps) {
  const free = subject.permissions.filter((permission) => reasonAgainst(permission) === null).map(({ name }) => name);
  const count = free.filter((name) => chosen.has(name)).length;
  return (
    <fieldset className="permission-group">
      <legend>{subject.title}</legend>
      {free.length > 1 && (
        <Checkbox
          size="xs"
          label={t('All of these')}
          aria-label={t('Everything about {{subject}}', { subject: subject.title })}
          checked={count === free.length}
          indeterminate={count > 0 && count < free.length}
          onChange={(event) => set(free, event.currentTarget.checked)}
        />
      )}
      {subject.permissions.map((permission) => (
        <PermissionField key={permission.name} permission={permission} checked={chosen.has(permission.name)} onChange={(on) => set([permission.name], on)} />
      ))}
    </fieldset>
  );
}

function PermissionField({ permission, checked, onChange }: { permission: Permission; checked: boolean; onChange: (on: boolean) => void }) {
  const reason = reasonAgainst(permission);
  return (
    <Checkbox
      size="sm"
      label={permission.description}
      description={
        <>
          <code>{permission.name}</code>
          {reason && (
            <Text span inherit>
              {' · '}
              {reason}
            </Text>
          )}
        </>
      }
      checked={permission.name === EVERYBODYS || checked}
      disabled={reason !== null}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function reasonAgainst({ name, yours }: Permission): string | null {
  if (name === EVERYBODYS) return t('Part of every role.');
  return yours ? null : t('You may not do this yourself, so you cannot give it to others.');
}
