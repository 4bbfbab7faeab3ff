import type { MappingDocument } from '../../model/mapping.ts';
import { suggestion } from '../../model/nearest.ts';
import type { Playbook } from '../../model/playbook.ts';
import { named } from './fault-list.ts';
import type { DocumentPath } from './sources.ts';

/** A fault in the catalogue of assets and incentives. */
export interface PlaybookFault {
  at: DocumentPath;
  message: string;
  cure: string;
}

function repeated(
  list: 'assets' | 'incentives',
  items: readonly { id: string }[],
): PlaybookFault[] {
  return items.flatMap(({ id }, index) =>
    items.findIndex((other) => other.id === id) === index
      ? []
      : [
          {
            at: ['playbook', list, index, 'id'],
            message: `The id ${named(id)} stands twice in \`playbook.${list}\`.`,
            cure: 'Give each an id of its own.',
          },
        ],
  );
}

function unknownAssets({ assets, coaching }: Playbook): PlaybookFault[] {
  const known = assets.map(({ id }) => id);
  return coaching.flatMap(({ asset }, index) =>
    known.includes(asset)
      ? []
      : [
          {
            at: ['playbook', 'coaching', index, 'asset'],
            message: `There is no asset ${named(asset)} in \`playbook.assets\`.`,
            cure: suggestion(asset, known, 'Add it there, or take the id of one that is there.'),
          },
        ],
  );
}

/** Only where the document lists its stages is it known which there are. */
function unknownStages({ playbook, stages }: MappingDocument): PlaybookFault[] {
  if (stages === undefined) return [];
  const known = stages.flatMap(({ key, label }) => [key, ...(label === undefined ? [] : [label])]);
  const folded = new Set(known.map((name) => name.toLowerCase()));
  return playbook.coaching.flatMap(({ stage }, index) =>
    stage === undefined || folded.has(stage.toLowerCase())
      ? []
      : [
          {
            at: ['playbook', 'coaching', index, 'stage'],
            message: `There is no stage ${named(stage)} under \`stages\`.`,
            cure: suggestion(stage, known, 'Take the key or the label of a stage.'),
          },
        ],
  );
}

/** Ids of the playbook that point nowhere or at two things. */
export const playbookFaults = (document: MappingDocument): PlaybookFault[] => [
  ...repeated('assets', document.playbook.assets),
  ...repeated('incentives', document.playbook.incentives),
  ...unknownAssets(document.playbook),
  ...unknownStages(document),
];
