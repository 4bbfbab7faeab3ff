import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api/client.ts';
import { router } from './router.tsx';
import { useTheme } from './parts/theme.ts';
import './styles/base.css';
import './styles/parts.css';
import './styles/charts.css';
import './styles/print.css';

/** What the API has refused stays refused; only what could not be reached is tried again. */
const retry = (count: number, error: unknown): boolean =>
  count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500);
const client = new QueryClient({ defaultOptions: { queries: { retry } } });

function App() {
  useTheme();
  return <RouterProvider router={router} />;
}

createRoot(document.querySelector('#app')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
