import { IconActivity, IconApps, IconBrain, IconCalendarClock, IconLayoutGrid, IconMailOff, IconPlugConnected, IconRoute, IconUserCheck } from '@tabler/icons-react';

export const PAGES = [
  { to: '/workflows', label: 'Workflows', Icon: IconRoute },
  { to: '/runs', label: 'Runs', Icon: IconActivity },
  { to: '/approvals', label: 'Approvals', Icon: IconUserCheck },
  { to: '/dead-letters', label: 'Dead letters', Icon: IconMailOff },
  { to: '/schedules', label: 'Schedules', Icon: IconCalendarClock },
  { to: '/templates', label: 'Templates', Icon: IconLayoutGrid },
  { to: '/connections', label: 'Connections', Icon: IconPlugConnected },
  { to: '/models', label: 'Models', Icon: IconBrain },
  { to: '/plugins', label: 'Plugins', Icon: IconApps },
] as const;
