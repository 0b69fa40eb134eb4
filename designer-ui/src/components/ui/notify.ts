import { notifications } from '@mantine/notifications';
import { messageOf } from '../../lib/problem';

export const notifyDone = (message: string): void => {
  notifications.show({ message, color: 'teal' });
};

export const notifyFailure = (error: unknown): void => {
  notifications.show({ message: messageOf(error), color: 'red', autoClose: 8000 });
};
