import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { retryUnreached } from './api/retry.ts';
import { router } from './router.tsx';
import { useTheme } from './parts/theme.ts';
import './styles/base.css';
import './styles/menu.css';
import './styles/parts.css';
import './styles/charts.css';
import './styles/print.css';

const client = new QueryClient({ defaultOptions: { queries: { retry: retryUnreached } } });

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
