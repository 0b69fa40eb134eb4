import i18next from 'i18next';

// English is the key: a text without a translation is shown as it is written.
void i18next.init({
  lng: 'en',
  fallbackLng: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: { en: { translation: {} } },
});

/** A text in the language of the page; `{{name}}` takes a value. */
export function t(text: string, values: Record<string, unknown> = {}): string {
  return i18next.t(text, values);
}
