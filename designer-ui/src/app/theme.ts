import { createTheme, type MantineColorsTuple } from '@mantine/core';

const violet: MantineColorsTuple = ['#f2efff', '#e4ddff', '#c9bcff', '#ab97ff', '#9176fd', '#7f5ffb', '#6d4aff', '#5f3ce4', '#5434cc', '#482bb3'];
const dark: MantineColorsTuple = ['#eceef5', '#c3c6d4', '#a5a8ba', '#71758a', '#4b4f60', '#3a3d4b', '#2b2d38', '#1b1c23', '#15161c', '#101116'];
// Mantine's red with a darker filled shade: white on it must be readable.
const red: MantineColorsTuple = ['#fff5f5', '#ffe3e3', '#ffc9c9', '#ffa8a8', '#ff8787', '#f4606e', '#d6293e', '#c22036', '#ad1a2f', '#96152a'];

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '650' },
  primaryColor: 'violet',
  primaryShade: { light: 6, dark: 6 },
  colors: { violet, dark, red },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  components: {
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35, blur: 2 }, closeButtonProps: { 'aria-label': 'Close' } } },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } }, styles: { description: { color: 'var(--mantine-color-dimmed)' } } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm' }, styles: { root: { textTransform: 'none', fontWeight: 600 } } },
    // its placeholder is a child that a menu may not have
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
  },
});
