import type { PackagedWrite } from '../../../src/model/packaging.ts';
import type { SetupStep } from '../../../src/model/setup.ts';
import { PERMISSION_SETS } from '../grants.ts';

/** From the folder to what a rep sees. */
export function guide(writes: PackagedWrite[]): SetupStep[] {
  const objects = [...new Set(writes.map(({ object }) => object))].join(' and ');
  return [
    {
      title: 'Deploy it (in the folder)',
      lines: ['sf org login web --alias crm', 'sf project deploy start --target-org crm'],
    },
    {
      title: `Put it on the page: two clicks on a record of ${objects}`,
      lines: [
        'Gear > Edit Page; drag "Headwater score" from Custom into the sidebar or a tab.',
        'Save > Activate.',
      ],
    },
    {
      title: 'Give access (Setup > Permission Sets > the set > Manage Assignments)',
      lines: PERMISSION_SETS.map(({ label, description }) => `${label}: ${description}.`),
    },
    {
      title: 'Only where nobody has arranged a record page yet',
      lines: [
        'cd record-pages && sf project deploy start --target-org crm',
        'It brings whole pages. Where there are pages already, do not assign these: they would take their place.',
      ],
    },
  ];
}
