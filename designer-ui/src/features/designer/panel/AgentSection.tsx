import { Button, Stack, Switch, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lookOf, type DiagramElement } from '../../../diagram';
import { t } from '../../../i18n';
import { budgetOf, documentationOf, isSequential, setBudget, setSequential } from '../canvas/agents';
import { toolsOf } from '../canvas/places';
import { StepIcon } from '../palette/StepIcon';
import { useDesigner } from '../state/DesignerContext';
import type { Scope } from '../state/scope';
import { StepSection } from './StepSection';

/** The tools are drawn inside. */
const DRAWN = ['tools'];

/** An agent whose tools are drawn: what it is asked, what it may use, what it may cost. */
export function AgentSection({ element, scope }: { element: DiagramElement; scope: Scope }) {
  const { model } = useDesigner();
  return (
    <>
      <ToolList agent={element} />
      <StepSection element={element} scope={scope} elsewhere={DRAWN} />
      <CostLimit element={element} />
      <Switch label={t('One tool after the other')} description={t('Otherwise the tools that the agent asks for in one turn run at once')} checked={isSequential(element)} onChange={(event) => model.edit(`${element.id}.ordering`, (modeler) => setSequential(modeler, element, event.currentTarget.checked))} />
    </>
  );
}

function ToolList({ agent }: { agent: DiagramElement }) {
  const { model, catalogue } = useDesigner();
  const tools = toolsOf(agent);
  const add = (event: React.MouseEvent): void => {
    const box = event.currentTarget.getBoundingClientRect();
    model.askForTool(agent, { x: box.left, y: box.bottom + 6 });
  };
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {t('Tools')}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {tools.length > 0 ? t('What the agent may do on its own, as it sees fit.') : t('Nothing yet: add the steps that the agent may use, or drag them into its frame.')}
      </Text>
      <Stack gap={4}>
        {tools.map((tool) => {
          const look = lookOf(tool.businessObject, catalogue);
          const told = documentationOf(tool.businessObject);
          return (
            <UnstyledButton key={tool.id} className="add-row" onClick={() => model.select(tool)}>
              {look && <StepIcon icon={look.icon} colour={look.colour} size={28} />}
              <span className="add-text">
                <Text component="span" size="sm" fw={600}>
                  {look?.title ?? tool.id}
                </Text>
                <Text component="span" size="xs" c={told ? 'dimmed' : 'var(--cadre-bad)'} lineClamp={2}>
                  {told || t('Say what it is for')}
                </Text>
              </span>
            </UnstyledButton>
          );
        })}
        <Button variant="light" size="xs" w="fit-content" leftSection={<IconPlus size={14} />} onClick={add}>
          {t('Add a tool')}
        </Button>
      </Stack>
    </div>
  );
}

/** What all questions to a model may cost together. */
export function CostLimit({ element }: { element: DiagramElement }) {
  const { model } = useDesigner();
  const amount = budgetOf(element.businessObject);
  const wrong = amount !== '' && !(/^\d{1,7}(\.\d{1,10})?$/.test(amount) && Number(amount) > 0);
  return (
    <TextInput
      label={t('Cost limit (USD)')}
      description={t('Asked before each question to a model; beyond it the agent fails with BUDGET_EXCEEDED. Empty: no limit.')}
      placeholder="0.50"
      inputMode="decimal"
      value={amount}
      error={wrong ? t('A number above 0, as 0.50') : undefined}
      onChange={(event) => model.edit(`${element.id}.budget`, (modeler) => setBudget(modeler, element, event.currentTarget.value.trim()))}
      data-testid="field-budget"
    />
  );
}
