import type { JsonObject } from '../../../diagram/dialect';
import { apiKeyHeader, authenticationOf, signatureOf, type Signature } from './security';

/** A line for a shell that calls a webhook as its callers must; secrets are for the reader to fill in. */
export function curlFor(address: string, method: string, inputs: JsonObject, secretFormat: unknown = 'text'): string {
  const call = `curl -X ${method} ${quoted(address)}`;
  const bare = method === 'GET' || method === 'DELETE';
  const json = bare ? '' : ` -H 'Content-Type: application/json'`;
  const plain = bare ? '' : inputs.body === 'multipart' ? ` -F 'file=@example.txt'` : `${json} --data-raw '{}'`;
  switch (authenticationOf(inputs)) {
    case 'api-key':
      return `KEY='your key'; ${call} -H "${apiKeyHeader(inputs)}: $KEY"${plain}`;
    case 'basic':
      return `PASSWORD='your password'; ${call} -u "user:$PASSWORD"${plain}`;
    case 'jwt':
      return `TOKEN='your token'; ${call} -H "Authorization: Bearer $TOKEN"${plain}`;
    case 'signature': {
      const signature = signatureOf(inputs);
      const body = bare ? '' : `${json} --data-raw "$BODY"`;
      return `SECRET='your secret'; BODY='${bare ? '' : '{}'}'; ${signing(signature, secretFormat)}; ${call}${headers(signature)}${body}`;
    }
    default:
      return call + plain;
  }
}

function signing({ payload, encoding, timestampHeader }: Signature, secretFormat: unknown): string {
  const signed = payload.split(/(\{body\}|\{timestamp\})/).map(shellText).join('');
  const key = KEYS[String(secretFormat)] ?? `-hmac "$SECRET"`;
  const written = encoding === 'base64' ? `-binary | base64` : `-r | cut -d' ' -f1`;
  const time = timestampHeader ? `TIME=$(date +%s); ` : '';
  return `${time}SIGNATURE=$(printf '%s' "${signed}" | openssl dgst -sha256 ${key} ${written})`;
}

const KEYS: Record<string, string> = {
  hex: `-mac HMAC -macopt "hexkey:$SECRET"`,
  base64: `-mac HMAC -macopt "hexkey:$(printf '%s' "$SECRET" | base64 -d | od -An -v -tx1 | tr -d ' \\n')"`,
};

function shellText(part: string): string {
  if (part === '{body}') return '$BODY';
  if (part === '{timestamp}') return '$TIME';
  return part.replace(/["$`\\]/g, '\\$&');
}

function headers({ header, prefix, timestampHeader, timestampPrefix }: Signature): string {
  const sign = `${prefix}$SIGNATURE`;
  if (!timestampHeader) return ` -H "${header}: ${sign}"`;
  if (timestampHeader.toLowerCase() === header.toLowerCase()) return ` -H "${header}: ${timestampPrefix}$TIME,${sign}"`;
  return ` -H "${timestampHeader}: ${timestampPrefix}$TIME" -H "${header}: ${sign}"`;
}

function quoted(address: string): string {
  return /^[\w:/.~-]+$/.test(address) ? address : `'${address.replace(/'/g, `'\\''`)}'`;
}
