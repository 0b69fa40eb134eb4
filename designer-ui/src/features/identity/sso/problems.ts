import { t } from '../../../i18n';

/** What to tell a person whom single sign-on did not let in, by the code that the hub sent them back with. */
export function ssoProblem(code: string): string {
  const sentences: Record<string, string> = {
    'sso-unknown': t('No organization here has single sign-on for this e-mail address. Check the address, or sign in with your password.'),
    'sso-state-invalid': t('This sign-in took longer than ten minutes, was finished already, or began in another browser. Try again.'),
    'sso-refused': t('Your identity provider did not let you in. Try again, or ask its administrator.'),
    'sso-provider-failed': t('Your identity provider cannot be reached, or does not accept this hub. Try again later, or tell an owner of your organization.'),
    'sso-token-invalid': t('What your identity provider says of you is not valid. Tell an owner of your organization.'),
    'sso-too-weak': t('Your organization asks for a stronger sign-in, as with a second factor. Set it up at your identity provider and sign in again.'),
    'sso-no-email': t('Your identity provider does not tell your e-mail address. Ask its administrator to release it.'),
    'sso-email-unverified': t('Your identity provider does not say that your e-mail address is verified. Confirm it there first.'),
    'sso-domain-unproven': t('Your e-mail address is in no domain of the organization. Ask for an invitation, sign in with your password, and connect single sign-on in your settings.'),
    'sso-account-unproven': t('There is an account with your e-mail address that was never confirmed. Choose "Forgot your password?" to prove that the address is yours, then try again.'),
    'sso-no-role': t('None of your groups has a role in the organization. Ask an owner.'),
    'sso-too-many-groups': t('Your identity provider sends too many groups. Its administrator should send only those of this application.'),
    'sso-identity-taken': t('This person at the identity provider is connected to another account here.'),
    'sso-required': t('Your organization lets you in by single sign-on only.'),
  };
  return sentences[code] ?? t('Single sign-on did not work. Try again.');
}
