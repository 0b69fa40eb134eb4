import { Badge, Code, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { get } from '../../api/http';
import type { Model, Money, Page } from '../../api/types';
import { ErrorState, LoadingRows, PageHead } from '../../components/ui';
import { t } from '../../i18n';

const PROVIDERS: Record<string, { title: string; variable: string | null }> = {
  anthropic: { title: 'Anthropic', variable: 'ANTHROPIC_API_KEY' },
  openai: { title: 'OpenAI', variable: 'OPENAI_API_KEY' },
  gemini: { title: 'Google Gemini', variable: 'GEMINI_API_KEY' },
  google: { title: 'Google Gemini', variable: 'GEMINI_API_KEY' },
  demo: { title: 'Demo', variable: null },
};

export function ModelsPage() {
  const models = useQuery({ queryKey: ['models'], queryFn: async ({ signal }) => (await get<Page<Model>>('/api/v1/models', signal)).items });
  const providers = [...new Set(models.data?.map(({ provider }) => provider))];
  return (
    <>
      <PageHead title={t('Models')} about={t('What agents think with. Keys come from the environment of the hub; the demo model needs none.')} />
      {models.isPending && <LoadingRows />}
      {models.error && <ErrorState error={models.error} retry={() => void models.refetch()} />}
      <Stack gap="lg">
        {providers.map((provider) => (
          <Provider key={provider} provider={provider} models={models.data?.filter((model) => model.provider === provider) ?? []} />
        ))}
      </Stack>
    </>
  );
}

function Provider({ provider, models }: { provider: string; models: Model[] }) {
  const known = PROVIDERS[provider];
  const missing = models.every(({ available }) => !available);
  return (
    <section>
      <Group gap="xs" mb={8}>
        <Title order={2} size="15px">
          {known?.title ?? provider}
        </Title>
        {missing && known?.variable && (
          <Text size="sm" c="dimmed">
            {t('Set')} <Code>{known.variable}</Code> {t('and start the hub again to use these.')}
          </Text>
        )}
      </Group>
      <div className="panel-card">
        {models.map((model) => (
          <Group key={model.id} className="row" wrap="nowrap">
            <div style={{ flex: 1, minWidth: 0 }}>
              <Text fw={600} truncate>
                {model.title}
              </Text>
              <Text size="sm" c="dimmed" truncate>
                {model.available ? model.id : (model.reason ?? model.id)}
              </Text>
            </div>
            <Text size="sm" c="dimmed" visibleFrom="sm" className="num">
              {prices(model.inputPrice, model.outputPrice)}
            </Text>
            {model.demo && <Badge color="orange" c="light-dark(#8a3b00, #ffc078)">{t('Demo')}</Badge>}
            <Badge color={model.available ? 'teal' : 'gray'} c={model.available ? 'light-dark(#0a5740, var(--mantine-color-teal-2))' : 'light-dark(#494c5a, #c3c6d4)'}>
              {model.available ? t('Available') : t('No key')}
            </Badge>
          </Group>
        ))}
      </div>
    </section>
  );
}

function prices(input?: Money | null, output?: Money | null): string {
  if (!input || !output) return '';
  return t('{{in}} in · {{out}} out per million tokens', { in: `${input.amount} ${input.currency}`, out: output.amount });
}
