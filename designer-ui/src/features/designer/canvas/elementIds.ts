export interface Ids {
  assigned(id: string): unknown;
}

/** `http-request` reads as `httpRequest` in expressions: a dash would be a minus there. */
export function idFrom(text: string): string {
  const words = text.normalize('NFKD').replace(/[^\w\s-]/g, '').split(/[\s_-]+/).filter(Boolean);
  const joined = words.map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1)).join('');
  return /^[A-Za-z_]/.test(joined) ? joined : `step${joined}`;
}

/** The wanted id, numbered when it is taken. */
export function uniqueId(ids: Ids, wanted: string): string {
  if (!ids.assigned(wanted)) return wanted;
  let number = 2;
  while (ids.assigned(`${wanted}${number}`)) number++;
  return `${wanted}${number}`;
}

/** Whether a text may name a step in expressions without quotes. */
export function isReferenceName(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text);
}
