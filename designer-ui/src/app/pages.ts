import { IconActivity, IconApps, IconBrain, IconCalendarClock, IconLayoutGrid, IconMailOff, IconPlugConnected, IconRoute, IconServer, IconUserCheck, type Icon } from '@tabler/icons-react';
import { useMe } from '../api/useMe';

interface PageEntry {
  to: string;
  label: string;
  Icon: Icon;
  /** What who sees it in the navigation must be allowed to do. */
  needs?: string;
}

const PAGES: readonly PageEntry[] = [
  { to: '/workflows', label: 'Workflows', Icon: IconRoute },
  { to: '/runs', label: 'Runs', Icon: IconActivity },
  { to: '/approvals', label: 'Approvals', Icon: IconUserCheck },
  { to: '/dead-letters', label: 'Dead letters', Icon: IconMailOff },
  { to: '/schedules', label: 'Schedules', Icon: IconCalendarClock },
  { to: '/templates', label: 'Templates', Icon: IconLayoutGrid },
  { to: '/connections', label: 'Connections', Icon: IconPlugConnected },
  { to: '/models', label: 'Models', Icon: IconBrain },
  { to: '/plugins', label: 'Plugins', Icon: IconApps },
  { to: '/cluster', label: 'Cluster', Icon: IconServer, needs: 'node:read' },
];

/** The pages that the signed-in user may look at. */
export function usePages(): readonly PageEntry[] {
  const { data } = useMe();
  return PAGES.filter(({ needs }) => needs === undefined || data?.permissions.includes(needs));
}
