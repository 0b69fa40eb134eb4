import { createBrowserRouter, Navigate, redirect } from 'react-router';
import { returned } from '../lib/returning';
import { NotFound, PageFailure } from './PageFailure';
import { SETTINGS } from './settings';
import { SettingsShell } from './SettingsShell';
import { SignedIn } from './SignedIn';

export const router = createBrowserRouter([
  {
    errorElement: <PageFailure />,
    children: [
      { path: '/sign-in', lazy: async () => ({ Component: (await import('../features/identity/SignInPage')).SignInPage }) },
      { path: '/sign-in/confirm', lazy: async () => ({ Component: (await import('../features/identity/sso/ConfirmSsoPage')).ConfirmSsoPage }) },
      { path: '/sign-up', lazy: async () => ({ Component: (await import('../features/identity/SignUpPage')).SignUpPage }) },
      { path: '/forgot-password', lazy: async () => ({ Component: (await import('../features/identity/ForgotPasswordPage')).ForgotPasswordPage }) },
      { path: '/reset-password', lazy: async () => ({ Component: (await import('../features/identity/ResetPasswordPage')).ResetPasswordPage }) },
      { path: '/verify-email', lazy: async () => ({ Component: (await import('../features/identity/VerifyEmailPage')).VerifyEmailPage }) },
      { path: '/invitation', lazy: async () => ({ Component: (await import('../features/identity/InvitationPage')).InvitationPage }) },
      {
        element: <SignedIn />,
        children: [
          {
            errorElement: <PageFailure />,
            children: [
              // where single sign-on comes back to
              { index: true, loader: () => redirect(returned() ?? '/workflows') },
              { path: 'workflows', lazy: async () => ({ Component: (await import('../features/workflow/WorkflowsPage')).WorkflowsPage }) },
              { path: 'workflows/:workflowId', lazy: async () => ({ Component: (await import('../features/designer/DesignerPage')).DesignerPage }) },
              { path: 'templates', lazy: async () => ({ Component: (await import('../features/marketplace/TemplatesPage')).TemplatesPage }) },
              { path: 'runs', lazy: async () => ({ Component: (await import('../features/run/RunsPage')).RunsPage }) },
              { path: 'runs/:runId', lazy: async () => ({ Component: (await import('../features/run/RunPage')).RunPage }) },
              { path: 'approvals', lazy: async () => ({ Component: (await import('../features/run/approvals/ApprovalsPage')).ApprovalsPage }) },
              { path: 'approvals/:approvalId', lazy: async () => ({ Component: (await import('../features/run/approvals/ApprovalPage')).ApprovalPage }) },
              { path: 'schedules', lazy: async () => ({ Component: (await import('../features/trigger/SchedulesPage')).SchedulesPage }) },
              { path: 'dead-letters', lazy: async () => ({ Component: (await import('../features/run/dead-letters/DeadLettersPage')).DeadLettersPage }) },
              { path: 'connections', lazy: async () => ({ Component: (await import('../features/connector/ConnectionsPage')).ConnectionsPage }) },
              { path: 'models', lazy: async () => ({ Component: (await import('../features/model/ModelsPage')).ModelsPage }) },
              { path: 'plugins', lazy: async () => ({ Component: (await import('../features/plugin/PluginsPage')).PluginsPage }) },
              { path: 'cluster', lazy: async () => ({ Component: (await import('../features/cluster/ClusterPage')).ClusterPage }) },
              {
                path: 'settings',
                element: <SettingsShell />,
                children: [
                  { index: true, element: <Navigate to="/settings/account" replace /> },
                  ...SETTINGS.map(({ path, load }) => ({ path, lazy: async () => ({ Component: await load() }) })),
                ],
              },
              { path: '*', element: <NotFound /> },
            ],
          },
        ],
      },
    ],
  },
]);
