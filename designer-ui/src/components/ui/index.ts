export { confirm } from './confirm';
export { Json } from './Json';
export { notifyDone, notifyFailure } from './notify';
export { PageHead } from './PageHead';
export { EmptyState, ErrorState, LoadingRows } from './States';
export { isOver, StatusBadge } from './StatusBadge';
export { isStale, Stale } from './Stale';
