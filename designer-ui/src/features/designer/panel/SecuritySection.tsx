import { Accordion, MultiSelect, NumberInput, Select, Stack, Switch, TagsInput, Text, TextInput } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import type { DiagramElement } from '../../../diagram';
import { isJsonObject, readInputs, type JsonObject } from '../../../diagram/dialect';
import { t } from '../../../i18n';
import { setConnection, setInputs } from '../canvas/editing';
import { useDesigner } from '../state/DesignerContext';
import { ConnectionField } from './ConnectionField';
import { apiKeyHeader, AUTHENTICATIONS, authenticationOf, CONNECTION_TYPE, fitsAuthentication, SCHEMES, signatureOf, summaryOf, text, withAuthentication, withPart, withScheme } from './security';

interface PartProps {
  inputs: JsonObject;
  write: (inputs: JsonObject, field: string) => void;
}

/** Who may call a webhook: how callers prove themselves, from where they call, which web pages may. */
export function SecuritySection({ element }: { element: DiagramElement }) {
  const { model } = useDesigner();
  const inputs = readInputs(element.businessObject);
  const authentication = authenticationOf(inputs);
  const write = (next: JsonObject, field: string): void => model.edit(`${element.id}.inputs.${field}`, (modeler) => setInputs(modeler, element, next));
  const choose = (chosen: string | null): void => {
    if (!chosen || chosen === authentication) return;
    model.edit(`${element.id}.inputs.authentication`, (modeler) => {
      setInputs(modeler, element, withAuthentication(inputs, chosen));
      setConnection(modeler, element, undefined);
    });
  };
  return (
    <Accordion variant="separated" radius="md" defaultValue={authentication === 'none' ? null : 'security'}>
      <Accordion.Item value="security">
        <Accordion.Control icon={<IconShieldLock size={18} />} data-testid="security">
          <Text size="sm" fw={600} component="span" display="block">
            {t('Security')}
          </Text>
          <Text size="xs" c="dimmed" component="span" display="block">
            {summaryOf(inputs)}
          </Text>
        </Accordion.Control>
        <Accordion.Panel>
          <Stack gap="md">
            <Select label={t('Callers prove themselves by')} data={[...AUTHENTICATIONS]} value={authentication} onChange={choose} allowDeselect={false} data-testid="field-authentication" />
            {authentication === 'signature' && <SignatureFields inputs={inputs} write={write} />}
            {authentication === 'api-key' && (
              <TextInput label={t('Header')} description={t('Where callers put their key.')} placeholder="X-API-Key" value={isJsonObject(inputs.apiKey) ? text(inputs.apiKey.header) : ''} onChange={(event) => write(withPart(inputs, 'apiKey', 'header', event.currentTarget.value), 'apiKey')} data-testid="field-apiKey.header" />
            )}
            {authentication !== 'none' && (
              <ConnectionField element={element} connectionType={CONNECTION_TYPE} fits={({ values }) => fitsAuthentication(authentication, values?.kind ?? 'hmac')} description={`${t('Keeps the secret, outside of the workflow.')} ${HINTS[authentication] ?? ''}`} />
            )}
            <TagsInput label={t('Allowed addresses')} description={t('Only these may call, as 203.0.113.7 or 10.0.0.0/8. Empty: all.')} value={texts(inputs.allowFrom)} onChange={(next) => write({ ...inputs, allowFrom: next.length > 0 ? next : undefined }, 'allowFrom')} placeholder={texts(inputs.allowFrom).length > 0 ? undefined : t('Everywhere')} data-testid="field-allowFrom" />
            <NumberInput label={t('Requests a minute')} description={t('More are refused until the minute is over. Empty: as many as come.')} placeholder={t('No limit')} min={1} max={10_000_000} allowDecimal={false} allowNegative={false} value={typeof inputs.perMinute === 'number' ? inputs.perMinute : ''} onChange={(next) => write({ ...inputs, perMinute: next === '' ? undefined : Number(next) }, 'perMinute')} data-testid="field-perMinute" />
            <PagesFields inputs={inputs} write={write} />
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

const HINTS: Record<string, string> = {
  signature: t('Of the kind hmac.'),
  'api-key': t('Of the kind api-key.'),
  basic: t('Of the kind basic.'),
  jwt: t('Of a kind jwt-….'),
};

function SignatureFields({ inputs, write }: PartProps) {
  const given = isJsonObject(inputs.signature) ? inputs.signature : {};
  const known = signatureOf(inputs);
  const set = (name: string, value: unknown): void => write(withPart(inputs, 'signature', name, value), `signature.${name}`);
  const field = (name: string, label: string, description: string, placeholder: string) => (
    <TextInput label={label} description={description} placeholder={placeholder} value={text(given[name])} onChange={(event) => set(name, event.currentTarget.value)} data-testid={`field-signature.${name}`} withAsterisk={name === 'header'} />
  );
  return (
    <>
      <Select label={t('Sender')} data={[...SCHEMES]} value={known.scheme} onChange={(scheme) => scheme && write(withScheme(inputs, scheme), 'signature.scheme')} allowDeselect={false} data-testid="field-signature.scheme" />
      {known.scheme === 'custom' ? (
        <>
          {field('header', t('Signature header'), t('Where the signature stands.'), 'X-Signature')}
          {field('prefix', t('Prefix'), t('What stands before it.'), 'sha256=')}
          <Select label={t('Written in')} data={['hex', 'base64']} value={known.encoding} onChange={(encoding) => set('encoding', encoding ?? undefined)} allowDeselect={false} />
          {field('timestampHeader', t('Timestamp header'), t('Where the time of signing stands, if there is one.'), 'X-Timestamp')}
          {known.timestampHeader && field('timestampPrefix', t('Timestamp prefix'), t('What stands before the time.'), 't=')}
          {field('payload', t('Signed payload'), t('What is signed: {body}, and {timestamp} where there is one.'), known.payload)}
        </>
      ) : (
        <Text size="xs" c="dimmed">
          {known.scheme === 'github' ? t('Signs the body in X-Hub-Signature-256.') : t('Signs time and body in {{header}}.', { header: known.header })}
        </Text>
      )}
      {known.timestampHeader ? field('tolerance', t('Tolerance'), t('How far the time of signing may be from now.'), 'PT5M') : field('tolerance', t('Repeats are known for'), t('How long the same body counts as a repeat.'), 'PT5M')}
      <Switch label={t('Refuse repeats')} description={t('The same signed request starts one run only.')} checked={given.refuseRepeats !== false} onChange={(event) => set('refuseRepeats', event.currentTarget.checked ? undefined : false)} />
    </>
  );
}

function PagesFields({ inputs, write }: PartProps) {
  const cors = isJsonObject(inputs.cors) ? inputs.cors : {};
  const origins = texts(cors.origins);
  const set = (name: string, value: unknown): void => write(withPart(inputs, 'cors', name, value), `cors.${name}`);
  return (
    <>
      <TagsInput label={t('Web pages (CORS)')} description={t('That may call from the browser, as https://shop.example, or *.')} value={origins} onChange={(next) => (next.length > 0 ? set('origins', next) : write({ ...inputs, cors: undefined }, 'cors'))} placeholder={origins.length > 0 ? undefined : t('None')} data-testid="field-cors.origins" />
      {origins.length > 0 && (
        <>
          <MultiSelect label={t('Methods of pages')} data={['GET', 'POST', 'PUT', 'PATCH', 'DELETE']} value={texts(cors.methods)} onChange={(next) => set('methods', next.length > 0 ? next : undefined)} placeholder={texts(cors.methods).length > 0 ? undefined : t('Those of the trigger')} />
          <TagsInput label={t('Headers of pages')} description={t('Besides Content-Type{{others}}.', { others: headersOf(inputs) })} value={texts(cors.headers)} onChange={(next) => set('headers', next.length > 0 ? next : undefined)} />
          <TextInput label={t('Browsers remember for')} placeholder="PT10M" value={text(cors.maxAge)} onChange={(event) => set('maxAge', event.currentTarget.value)} />
        </>
      )}
    </>
  );
}

function headersOf(inputs: JsonObject): string {
  switch (authenticationOf(inputs)) {
    case 'api-key':
      return t(' and {{header}}', { header: apiKeyHeader(inputs) });
    case 'basic':
    case 'jwt':
      return t(' and {{header}}', { header: 'Authorization' });
    case 'signature':
      return t(' and {{header}}', { header: signatureOf(inputs).header });
    default:
      return '';
  }
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
