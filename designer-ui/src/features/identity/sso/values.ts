/** What the form of single sign-on holds; an empty role lets nobody in. */
export interface SsoValues {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Whether the stored secret goes: the client is public then, and PKCE alone protects its codes. */
  removesSecret: boolean;
  scopes: string[];
  groupsClaim: string;
  groupRoles: { group: string; role: string }[];
  defaultRole: string;
  trustsEmails: boolean;
  requiredMethods: string[];
  enforced: boolean;
}
