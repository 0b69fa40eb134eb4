import { Select } from '@mantine/core';
import { t } from '../../i18n';
import { useProjects } from './projects';

interface ProjectSelectProps {
  value: string | null;
  onChange: (projectId: string | null) => void;
  description?: string;
  error?: string;
  disabled?: boolean;
}

const WHOLE = 'organization';

/** Where something belongs: to the whole organization or to one project. Nothing to choose where there are no projects. */
export function ProjectSelect({ value, onChange, ...rest }: ProjectSelectProps) {
  const projects = useProjects();
  const items = projects.data?.items ?? [];
  if (items.length === 0 && value === null) return null;
  return (
    <Select
      label={t('Project')}
      description={t('Only its members see what belongs to a project.')}
      data={[{ value: WHOLE, label: t('The whole organization') }, ...items.map(({ id, name }) => ({ value: id, label: name }))]}
      value={value ?? WHOLE}
      onChange={(chosen) => onChange(chosen === WHOLE ? null : chosen)}
      allowDeselect={false}
      searchable={items.length > 8}
      {...rest}
    />
  );
}
