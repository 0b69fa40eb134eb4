import { AppShell, Burger, Group, Image, Indicator, Kbd, Stack, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { Suspense } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { AccountNotices } from '../features/identity/AccountNotices';
import { useApprovalCount } from '../features/run/approvals/useApprovalCount';
import { t } from '../i18n';
import { AccountMenu } from './AccountMenu';
import { MovedNotice } from './MovedNotice';
import { Palette } from './Palette';
import { usePages } from './pages';

/** Navigation around the pages; beside a diagram it shrinks to its icons. */
export function Shell() {
  const [open, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  const wide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  const waiting = useApprovalCount();
  const pages = usePages();
  const full = /^\/(workflows|runs)\/./.test(pathname);
  const slim = full && wide;
  return (
    <AppShell
      navbar={{ width: slim ? 56 : 220, breakpoint: 'sm', collapsed: { mobile: !open } }}
      header={{ height: 52, collapsed: wide }}
      padding={0}
      transitionDuration={0}
      withBorder
    >
      <AppShell.Header px="md">
        <Group h="100%" gap="sm">
          <Burger opened={open} onClick={toggle} size="sm" aria-label={t('Navigation')} />
          <Brand />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p={slim ? 8 : 12} aria-label={t('Main')}>
        <Stack gap={2} style={{ flex: 1 }}>
          <Group px={slim ? 8 : 6} py={6} mb={6} visibleFrom="sm">
            <Brand slim={slim} />
          </Group>
          <Tooltip label={t('Search')} position="right" disabled={!slim}>
            <UnstyledButton className="nav-link" mb={6} onClick={spotlight.open} aria-label={t('Search')}>
              <IconSearch size={18} stroke={1.8} />
              {!slim && (
                <>
                  <span style={{ flex: 1 }}>{t('Search')}</span>
                  <Kbd size="xs">Ctrl K</Kbd>
                </>
              )}
            </UnstyledButton>
          </Tooltip>
          {pages.map(({ to, label, Icon }) => (
            <Tooltip key={to} label={t(label)} position="right" disabled={!slim}>
              <NavLink to={to} className="nav-link" onClick={close} aria-label={to === '/approvals' && waiting ? t('{{page}}, {{count}} for you', { page: t(label), count: waiting }) : t(label)}>
                <Indicator disabled={!slim || to !== '/approvals' || !waiting} size={8} color="orange">
                  <Icon size={18} stroke={1.8} style={{ display: 'block' }} />
                </Indicator>
                {!slim && <span style={{ flex: 1 }}>{t(label)}</span>}
                {!slim && to === '/approvals' && waiting && <span className="nav-count">{waiting}</span>}
              </NavLink>
            </Tooltip>
          ))}
        </Stack>
        <AccountMenu slim={slim} />
      </AppShell.Navbar>
      <AppShell.Main>
        <Suspense>{full ? <div className="page-full"><Outlet /></div> : <div className="page"><MovedNotice /><AccountNotices /><Outlet /></div>}</Suspense>
      </AppShell.Main>
      <Palette />
    </AppShell>
  );
}

function Brand({ slim = false }: { slim?: boolean }) {
  return (
    <Group gap={9} wrap="nowrap">
      <Image src="/cadre.svg" w={24} h={24} alt="" />
      {!slim && (
        <Text fw={700} size="md">
          Cadre
        </Text>
      )}
    </Group>
  );
}
