import { useSyncExternalStore } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const KEY = 'headwater-theme';
const listeners = new Set<() => void>();
/** Each changes which colours the page has. */
const MEDIA = ['(prefers-color-scheme: dark)', 'print'].map((query) => matchMedia(query));

const chosen = (): Theme => {
  const kept = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === kept) ?? 'system';
};

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  for (const media of MEDIA) media.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    for (const media of MEDIA) media.removeEventListener('change', listener);
  };
}

/** The reader's choice, put on the document; `system` follows the machine. */
export function useTheme(): Theme {
  const theme = useSyncExternalStore(listen, chosen);
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  return theme;
}

/** Another text whenever the colours change: what is drawn on a canvas must be drawn again. */
export const useColours = (): string =>
  useSyncExternalStore(listen, () => [chosen(), ...MEDIA.map(({ matches }) => matches)].join('/'));
