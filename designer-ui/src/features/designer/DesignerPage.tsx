import { Alert, Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useParams } from 'react-router';
import { t } from '../../i18n';
import { StepCatalogue } from '../../diagram';
import { fetchConnections, fetchModels, fetchStepTypes, fetchWorkflow } from './api/calls';
import { Designer } from './Designer';

/** Loads what the designer works on: the workflow, the step types, and what steps can be set to. */
export function DesignerPage() {
  const { workflowId = '' } = useParams();
  const workflow = useQuery({ queryKey: ['designer', workflowId], queryFn: () => fetchWorkflow(workflowId), gcTime: 0, staleTime: Infinity, refetchOnWindowFocus: false });
  const types = useQuery({ queryKey: ['step-types'], queryFn: fetchStepTypes });
  const connections = useQuery({ queryKey: ['connections', 'designer'], queryFn: fetchConnections });
  const models = useQuery({ queryKey: ['models'], queryFn: fetchModels });
  const catalogue = useMemo(() => types.data && new StepCatalogue(types.data), [types.data]);
  const failed = workflow.error ?? types.error;
  if (failed) {
    return (
      <Alert color="red" m="md" title={t('The workflow cannot be shown')}>
        {failed.message}
      </Alert>
    );
  }
  if (!workflow.data || !catalogue) {
    return (
      <Center h="60vh">
        <Loader aria-label={t('Loading the designer')} />
      </Center>
    );
  }
  return <Designer key={workflowId} initial={workflow.data} catalogue={catalogue} connections={connections.data ?? []} models={models.data ?? []} />;
}

export default DesignerPage;
