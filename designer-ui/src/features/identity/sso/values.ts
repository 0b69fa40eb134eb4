/** What the form of single sign-on holds; an empty role lets nobody in. */
export interface SsoValues {
  issuer: string;
  clientId: string;
  clientSecret: string;
  scopes: string[];
  groupsClaim: string;
  groupRoles: { group: string; role: string }[];
  defaultRole: string;
  trustsEmails: boolean;
  enforced: boolean;
}
