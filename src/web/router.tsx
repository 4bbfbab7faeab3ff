import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Home } from './pages/home.tsx';
import { Shell } from './pages/shell.tsx';
import { Failure, SignedOut } from './parts/states.tsx';

/** Filters live in the address, as text, so that a view can be sent to somebody else. */
type Search = Record<string, string | undefined>;
const asText = (search: Record<string, unknown>): Search =>
  Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      value == null || value === '' ? [] : [[name, String(value)]],
    ),
  );

function NoPage(): ReactNode {
  return (
    <main className="alone">
      <h1>There is no such page</h1>
      <p>
        <a href="/">Begin at the start</a>
      </p>
    </main>
  );
}

const root = createRootRoute({
  component: Outlet,
  errorComponent: ({ error }) => <Failure error={error} />,
  notFoundComponent: NoPage,
});
const signedOut = createRoute({
  getParentRoute: () => root,
  path: '/signed-out',
  validateSearch: asText,
  component: () => (
    <main className="alone">
      <SignedOut used={signedOut.useSearch()['why'] === 'link'} />
    </main>
  ),
});
const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });
const shell = createRoute({
  getParentRoute: () => root,
  path: '/c/$connection',
  component: Shell,
});

/** Each page is fetched when somebody goes there. */
const PAGES: Record<string, () => Promise<{ default: () => ReactNode }>> = {
  plan: async () => ({ default: (await import('./pages/plan.tsx')).PlanPage }),
  'runs/$run/writes': async () => ({ default: (await import('./pages/plan.tsx')).WritesPage }),
  partners: async () => ({ default: (await import('./pages/partners.tsx')).PartnersPage }),
  'partners/$partner': async () => ({ default: (await import('./pages/partner.tsx')).PartnerPage }),
  deals: async () => ({ default: (await import('./pages/deals.tsx')).DealsPage }),
  'deals/$deal': async () => ({ default: (await import('./pages/deal.tsx')).DealPage }),
  allocation: async () => ({
    default: (await import('./pages/allocation.tsx')).AllocationPage,
  }),
  enablement: async () => ({
    default: (await import('./pages/enablement.tsx')).EnablementPage,
  }),
  c3: async () => ({ default: (await import('./pages/c3.tsx')).C3Page }),
  health: async () => ({
    default: (await import('./pages/partner-health.tsx')).PartnerHealthPage,
  }),
  profile: async () => ({ default: (await import('./pages/profile.tsx')).ProfilePage }),
  return: async () => ({ default: (await import('./pages/returns.tsx')).ReturnPage }),
  'customer-value': async () => ({
    default: (await import('./pages/customer-value.tsx')).CustomerValuePage,
  }),
  funds: async () => ({ default: (await import('./pages/funds.tsx')).FundsPage }),
  classes: async () => ({ default: (await import('./pages/classes.tsx')).ClassesPage }),
  tiers: async () => ({ default: (await import('./pages/tiers.tsx')).TiersPage }),
  value: async () => ({ default: (await import('./pages/value.tsx')).ValuePage }),
  forecast: async () => ({ default: (await import('./pages/forecast.tsx')).ForecastPage }),
  mapping: async () => ({ default: (await import('./pages/mapping.tsx')).MappingPage }),
  runs: async () => ({ default: (await import('./pages/runs.tsx')).RunsPage }),
  'runs/$run': async () => ({ default: (await import('./pages/run.tsx')).RunPage }),
};

const children = Object.entries(PAGES).map(([path, load]) =>
  createRoute({
    getParentRoute: () => shell,
    path,
    validateSearch: asText,
    component: lazyRouteComponent(load),
  }),
);

export const router = createRouter({
  routeTree: root.addChildren([signedOut, home, shell.addChildren(children)]),
  // Plain text in the address, so that people can read it and other systems can write it.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(asText(search) as Record<string, string>).toString();
    return text === '' ? '' : `?${text}`;
  },
  defaultPreload: 'intent',
  scrollRestoration: true,
});
