import { Select } from '@mantine/core';
import { t } from '../../i18n';
import { useProjects } from './projects';

/** Narrows a list to one project; not there where there are no projects. */
export function ProjectFilter({ value, onChange }: { value: string | null; onChange: (projectId: string | null) => void }) {
  const items = useProjects().data?.items ?? [];
  if (items.length === 0) return null;
  return <Select aria-label={t('Project')} placeholder={t('All projects')} data={items.map(({ id, name }) => ({ value: id, label: name }))} value={value} onChange={onChange} clearable clearButtonProps={{ 'aria-label': t('All projects') }} searchable={items.length > 8} w={220} maw="100%" />;
}
