import { isJsonObject, type JsonObject } from '../../../diagram/dialect';
import { t } from '../../../i18n';

/** The settings of a webhook that its Security part shows. */
export const SECURITY_FIELDS = ['authentication', 'signature', 'apiKey', 'allowFrom', 'cors', 'perMinute'] as const;

export const CONNECTION_TYPE = 'webhook-secret';

export const AUTHENTICATIONS = [
  { value: 'none', label: t('Nothing: everybody may call') },
  { value: 'signature', label: t('A signature of the body (HMAC)') },
  { value: 'api-key', label: t('An API key in a header') },
  { value: 'basic', label: t('User name and password') },
  { value: 'jwt', label: t('A signed token (JWT)') },
];

export const SCHEMES = [
  { value: 'github', label: t('GitHub') },
  { value: 'stripe', label: t('Stripe') },
  { value: 'slack', label: t('Slack') },
  { value: 'custom', label: t('Another sender') },
];

const CUSTOM_FIELDS = ['header', 'prefix', 'encoding', 'payload', 'timestampHeader', 'timestampPrefix'];

export interface Signature {
  scheme: string;
  header: string;
  prefix: string;
  encoding: string;
  payload: string;
  timestampHeader?: string;
  timestampPrefix: string;
}

const PRESETS: Record<string, Omit<Signature, 'scheme'>> = {
  github: { header: 'X-Hub-Signature-256', prefix: 'sha256=', encoding: 'hex', payload: '{body}', timestampPrefix: '' },
  stripe: { header: 'Stripe-Signature', prefix: 'v1=', encoding: 'hex', payload: '{timestamp}.{body}', timestampHeader: 'Stripe-Signature', timestampPrefix: 't=' },
  slack: { header: 'X-Slack-Signature', prefix: 'v0=', encoding: 'hex', payload: 'v0:{timestamp}:{body}', timestampHeader: 'X-Slack-Request-Timestamp', timestampPrefix: '' },
};

export function authenticationOf(inputs: JsonObject): string {
  return typeof inputs.authentication === 'string' ? inputs.authentication.toLowerCase().replace('_', '-') : 'none';
}

/** What is signed and where that stands, presets and what is left out filled in. */
export function signatureOf(inputs: JsonObject): Signature {
  const given = isJsonObject(inputs.signature) ? inputs.signature : {};
  const scheme = text(given.scheme) || 'github';
  const preset = PRESETS[scheme];
  if (preset) return { scheme, ...preset };
  const timestampHeader = text(given.timestampHeader) || undefined;
  return {
    scheme,
    header: text(given.header),
    prefix: text(given.prefix),
    encoding: text(given.encoding) || 'hex',
    payload: text(given.payload) || (timestampHeader ? '{timestamp}.{body}' : '{body}'),
    timestampHeader,
    timestampPrefix: text(given.timestampPrefix),
  };
}

export function apiKeyHeader(inputs: JsonObject): string {
  return (isJsonObject(inputs.apiKey) && text(inputs.apiKey.header)) || 'X-API-Key';
}

/** Settings of another way to prove oneself go with it. */
export function withAuthentication(inputs: JsonObject, authentication: string): JsonObject {
  const { signature, apiKey, ...others } = inputs;
  return {
    ...others,
    authentication,
    ...(authentication === 'signature' && { signature: signature ?? { scheme: 'github' } }),
    ...(authentication === 'api-key' && apiKey !== undefined && { apiKey }),
  };
}

/** A preset says itself what a custom scheme must say. */
export function withScheme(inputs: JsonObject, scheme: string): JsonObject {
  const given = isJsonObject(inputs.signature) ? inputs.signature : {};
  const kept = Object.entries(given).filter(([name]) => scheme === 'custom' || !CUSTOM_FIELDS.includes(name));
  return { ...inputs, signature: { ...Object.fromEntries(kept), scheme } };
}

/** Sets one field of an object among the settings; without fields it goes. */
export function withPart(inputs: JsonObject, part: string, name: string, value: unknown): JsonObject {
  const given = isJsonObject(inputs[part]) ? inputs[part] : {};
  const entries = Object.entries({ ...given, [name]: value }).filter(([, each]) => each !== undefined && each !== '');
  return { ...inputs, [part]: entries.length > 0 ? Object.fromEntries(entries) : undefined };
}

/** The kinds of secret that fit a way to prove oneself. */
export function fitsAuthentication(authentication: string, kind: unknown): boolean {
  if (typeof kind !== 'string') return true;
  switch (authentication) {
    case 'signature':
      return kind === 'hmac';
    case 'jwt':
      return kind.startsWith('jwt-');
    default:
      return kind === authentication;
  }
}

/** In a few words, who may call. */
export function summaryOf(inputs: JsonObject): string {
  const authentication = authenticationOf(inputs);
  const scheme = SCHEMES.find(({ value }) => value === signatureOf(inputs).scheme)?.label;
  const who: Record<string, string> = {
    none: t('Open to everybody'),
    signature: scheme && signatureOf(inputs).scheme !== 'custom' ? t('Signed by {{sender}}', { sender: scheme }) : t('Signed'),
    'api-key': t('API key'),
    basic: t('Password'),
    jwt: t('Token'),
  };
  const restricted = Array.isArray(inputs.allowFrom) && inputs.allowFrom.length > 0;
  return `${who[authentication] ?? authentication}${restricted ? t(', some addresses only') : ''}`;
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
