declare module 'dmn-js-shared/lib/base/EditingManager' {
  export default class EditingManager {
    constructor(options: Record<string, unknown>);
    importXML(xml: string): Promise<{ warnings: unknown[] }>;
    saveXML(options?: { format?: boolean }): Promise<{ xml: string }>;
    getActiveViewer(): { get<T>(service: string): T; on(event: string, listener: () => void): void } | undefined;
    destroy(): void;
  }
}
declare module 'dmn-js-decision-table/lib/Editor' {
  const Editor: unknown;
  export default Editor;
}
