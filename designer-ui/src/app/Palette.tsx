import { Spotlight } from '@mantine/spotlight';
import { IconRoute, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { get } from '../api/http';
import type { Page, WorkflowSummary } from '../api/types';
import { t } from '../i18n';
import { usePages } from './pages';
import { useSettings } from './settings';

/** The command palette: every page and workflow, by name. */
export function Palette() {
  const navigate = useNavigate();
  const pages = usePages();
  const settings = useSettings();
  const { data } = useQuery({
    queryKey: ['workflows', 'palette'],
    queryFn: ({ signal }) => get<Page<WorkflowSummary>>('/api/v1/workflows?limit=200', signal),
    staleTime: 30_000,
  });
  return (
    <Spotlight
      shortcut={['mod + K']}
      limit={12}
      highlightQuery
      nothingFound={t('Nothing found')}
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: t('Go to a page or workflow…'), 'aria-label': t('Search') }}
      actions={[
        {
          group: t('Pages'),
          actions: pages.map(({ to, label, Icon }) => ({ id: to, label: t(label), leftSection: <Icon size={18} />, onClick: () => void navigate(to) })),
        },
        {
          group: t('Settings'),
          actions: settings.map(({ path, label, Icon }) => ({ id: path, label: t(label), leftSection: <Icon size={18} />, onClick: () => void navigate(`/settings/${path}`) })),
        },
        {
          group: t('Workflows'),
          actions: (data?.items ?? []).map(({ id, name, description }) => ({
            id,
            label: name,
            description: description ?? undefined,
            leftSection: <IconRoute size={18} />,
            onClick: () => void navigate(`/workflows/${id}`),
          })),
        },
      ]}
    />
  );
}
