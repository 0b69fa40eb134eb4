import { Alert, Badge, Group, Progress, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconServer } from '@tabler/icons-react';
import { every } from '../../api/allowance';
import { get } from '../../api/http';
import type { ClusterNode, Page } from '../../api/types';
import { ErrorState, LoadingRows, PageHead } from '../../components/ui';
import { t } from '../../i18n';
import { formatBytes, formatDuration, formatFullTime, formatTime } from '../../lib/format';
import './cluster.css';

/** Nodes tell about themselves once a second; one that is silent for longer is worth a look. */
const REFRESH_MS = 4000;
const SILENT_MS = 6000;

/** The hubs that share the database: who lives, how busy each is, what it has taken. */
export function ClusterPage() {
  const nodes = useQuery({ queryKey: ['cluster'], queryFn: ({ signal }) => get<Page<ClusterNode>>('/api/v1/cluster/nodes', signal), refetchInterval: every(REFRESH_MS) });
  const items = nodes.data?.items;
  // the hub's clock, not the browser's: the node that answers has just told about itself
  const now = Date.parse(items?.find(({ self }) => self)?.lastHeartbeatAt ?? '') || nodes.dataUpdatedAt;
  return (
    <>
      <PageHead title={t('Cluster')} about={t('The nodes of this installation, and how busy they are.')} />
      {nodes.isPending && <LoadingRows rows={2} />}
      {nodes.error && !items && <ErrorState error={nodes.error} retry={() => void nodes.refetch()} />}
      {items && (
        <>
          {nodes.error && (
            <Alert color="yellow" mb="md" icon={<IconAlertTriangle size={18} />}>
              {t('The hub does not answer now: this is how it was a moment ago.')}
            </Alert>
          )}
          <Remarks nodes={items} />
          <Totals nodes={items} />
          <div className="cluster-nodes">
            {items.map((node) => (
              <NodeCard key={node.id} node={node} now={now} />
            ))}
          </div>
        </>
      )}
    </>
  );
}

function Remarks({ nodes }: { nodes: ClusterNode[] }) {
  const versions = [...new Set(nodes.map(({ version }) => version))];
  const apart = nodes.filter(({ connected }) => !connected);
  return (
    <>
      {versions.length > 1 && (
        <Alert color="yellow" mb="sm" icon={<IconAlertTriangle size={18} />} title={t('Several versions run: {{versions}}', { versions: versions.join(', ') })}>
          {t('That is right while you restart one node after the other. Do not leave it so.')}
        </Alert>
      )}
      {apart.length > 0 && (
        <Alert color="yellow" mb="sm" icon={<IconAlertTriangle size={18} />} title={t('Not reached directly: {{nodes}}', { nodes: apart.map(({ address }) => address).join(', ') })}>
          {t('The nodes meet in the database only: nothing is lost, but they hear of each other later. Look at CADRE_CLUSTER_INTERFACE and the firewall.')}
        </Alert>
      )}
    </>
  );
}

function Totals({ nodes }: { nodes: ClusterNode[] }) {
  const sum = (of: (node: ClusterNode) => number): number => nodes.reduce((total, node) => total + of(node), 0);
  const facts = [
    { label: t('Nodes'), value: nodes.length },
    { label: t('Tasks at work'), value: sum(({ load }) => load.working) },
    { label: t('Tasks that wait for their time'), value: sum(({ load }) => load.waiting) },
    { label: t('Leases'), value: sum(({ leases }) => leases) },
  ];
  return (
    <dl className="cluster-totals">
      {facts.map(({ label, value }) => (
        <div key={label} className="panel-card">
          <dt>{label}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function NodeCard({ node, now }: { node: ClusterNode; now: number }) {
  const { load } = node;
  const title = `node-${node.id}`;
  return (
    <article className="panel-card cluster-node" aria-labelledby={title}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <IconServer size={20} aria-hidden style={{ flex: 'none', marginTop: 2 }} />
        <div style={{ flex: 1, minWidth: 0 }}>
          <Title order={2} size="15px" id={title} style={{ overflowWrap: 'anywhere' }}>
            {node.address}
          </Title>
          <Text size="xs" c="dimmed">
            {t('Version {{version}} · up for {{time}}', { version: node.version, time: formatDuration(Math.max(0, now - Date.parse(node.startedAt))) })}
          </Text>
        </div>
        <State node={node} now={now} />
      </Group>
      <Meter label={t('Processor')} share={load.cpu} words={`${Math.round(load.cpu * 100)} %`} />
      <Meter label={t('Memory')} share={load.heapMax > 0 ? load.heapUsed / load.heapMax : 0} words={load.heapMax > 0 ? t('{{used}} of {{max}}', { used: formatBytes(load.heapUsed), max: formatBytes(load.heapMax) }) : formatBytes(load.heapUsed)} />
      <dl className="cluster-facts num">
        <div>
          <dt>{t('At work')}</dt>
          <dd>{load.working}</dd>
        </div>
        <div>
          <dt>{t('Waiting')}</dt>
          <dd>{load.waiting}</dd>
        </div>
        <div>
          <dt>{t('Leases')}</dt>
          <dd>{node.leases}</dd>
        </div>
        <div>
          <dt>{t('Last heard')}</dt>
          <dd title={formatFullTime(node.lastHeartbeatAt)}>{formatTime(node.lastHeartbeatAt, now)}</dd>
        </div>
      </dl>
    </article>
  );
}

function State({ node, now }: { node: ClusterNode; now: number }) {
  const silent = now - Date.parse(node.lastHeartbeatAt) > SILENT_MS;
  const [color, label] = silent ? (['red', t('Silent')] as const) : node.self ? (['violet', t('This node')] as const) : node.connected ? (['teal', t('Connected')] as const) : (['yellow', t('By the database only')] as const);
  return (
    <Badge variant="dot" color={color} c="var(--mantine-color-text)" tt="none" style={{ flex: 'none' }}>
      {label}
    </Badge>
  );
}

function Meter({ label, share, words }: { label: string; share: number; words: string }) {
  const value = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="xs" c="dimmed">
          {label}
        </Text>
        <Text size="xs" className="num">
          {words}
        </Text>
      </Group>
      <Progress value={value} size="sm" radius="xl" color={value > 90 ? 'red' : value > 75 ? 'orange' : 'violet'} aria-label={label} />
    </div>
  );
}
