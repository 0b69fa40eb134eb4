import { Select, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { useMe } from '../api/useMe';
import { LoadingRows } from '../components/ui';
import { t } from '../i18n';
import { NotFound, NotYours } from './PageFailure';
import { SETTINGS, useSettings, type SettingsEntry } from './settings';

/** The settings and a list of them beside it; on a phone a choice above. */
export function SettingsShell() {
  const wide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  const entries = useSettings();
  const { data: me, isPending } = useMe();
  const { pathname } = useLocation();
  const hidden = SETTINGS.find(({ path }) => pathname === `/settings/${path}` && !entries.some((entry) => entry.path === path));
  return (
    <div className="settings">
      {wide ? <SettingsList entries={entries} /> : <SettingsChoice entries={entries} />}
      <div className="settings-page">
        {hidden && isPending ? <LoadingRows /> : !hidden || !me ? <Outlet /> : hidden.needs ? <NotYours page={t(hidden.label)} organization={me.organization.name} /> : <NotFound />}
      </div>
    </div>
  );
}

function grouped(entries: readonly SettingsEntry[]): [string, SettingsEntry[]][] {
  const groups = [...new Set(entries.map(({ group }) => group))];
  return groups.map((group) => [group, entries.filter((entry) => entry.group === group)]);
}

function SettingsList({ entries }: { entries: readonly SettingsEntry[] }) {
  return (
    <nav className="settings-list" aria-label={t('Settings')}>
      {grouped(entries).map(([group, pages]) => (
        <div key={group}>
          <Text size="xs" fw={600} c="dimmed" px={10} pb={4}>
            {t(group)}
          </Text>
          {pages.map(({ path, label, Icon }) => (
            <NavLink key={path} to={`/settings/${path}`} className="nav-link">
              <Icon size={16} stroke={1.8} />
              {t(label)}
            </NavLink>
          ))}
        </div>
      ))}
    </nav>
  );
}

function SettingsChoice({ entries }: { entries: readonly SettingsEntry[] }) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (
    <Select
      aria-label={t('Settings')}
      mb="md"
      allowDeselect={false}
      value={pathname.replace(/^\/settings\//, '')}
      data={grouped(entries).map(([group, pages]) => ({ group: t(group), items: pages.map(({ path, label }) => ({ value: path, label: t(label) })) }))}
      onChange={(path) => path && void navigate(`/settings/${path}`)}
    />
  );
}
