import { Divider, Flex, Heading, hubspot, List, Text } from '@hubspot/ui-extensions';
import { MADE, OBJECTS, VIEWS } from './made.js';

hubspot.extend(() => <Settings />);

/** Nothing is set here: the mapping says what is written, and the package follows it. */
export function Settings() {
  return (
    <Flex direction="column" gap="md">
      <Heading>Headwater</Heading>
      <Text>{MADE}</Text>
      {OBJECTS.map(({ object, card, properties, views }) => (
        <Flex direction="column" gap="xs" key={object}>
          <Divider />
          <Text format={{ fontWeight: 'bold' }}>{object}</Text>
          <Text>{card}</Text>
          <Text>{properties}</Text>
          {views.length > 0 && <Text>{VIEWS}</Text>}
          <List variant="unordered">
            {views.map((view) => (
              <Text key={view}>{view}</Text>
            ))}
          </List>
        </Flex>
      ))}
    </Flex>
  );
}
