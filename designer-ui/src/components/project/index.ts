export { MoveDialog } from './MoveDialog';
export { ProjectBadge } from './ProjectBadge';
export { ProjectFilter } from './ProjectFilter';
export { useMoveToProject, useProjects, type Project } from './projects';
export { ProjectSelect } from './ProjectSelect';
