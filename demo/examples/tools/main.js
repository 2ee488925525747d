/** What the model may do here. The proxy lets it by name: `"tools": ["find_flights", "book"]` in rivulet.config.json. */

const flights = [
  { id: 'OS 123', to: 'Vienna', euros: 89 },
  { id: 'JL 407', to: 'Tokyo', euros: 740 },
];

document.querySelector('rivulet-chat').tools = [
  {
    name: 'find_flights',
    label: 'Look for flights',
    description: 'Finds flights to a city.',
    parameters: {
      type: 'object',
      properties: { to: { type: 'string', examples: ['Vienna'] } },
      required: ['to'],
    },
    run: ({ to }) => flights.filter(flight => flight.to === to),
  },
  {
    name: 'book',
    label: 'Book a flight',
    description: 'Books a flight by its id.',
    parameters: {
      type: 'object',
      properties: { id: { type: 'string', examples: ['OS 123'] } },
      required: ['id'],
    },
    // Nothing is booked without the visitor's word.
    confirm: true,
    run({ id }) {
      const flight = flights.find(flight => flight.id === id);
      if (!flight) throw new Error('There is no such flight.');
      return { element: bookingCard(flight), text: `${id} is booked.` };
    },
  },
];

/** Shown in the answer, with the styles of this page. */
function bookingCard({ id, to, euros }) {
  const card = document.createElement('button');
  card.textContent = `Pay ${euros} € for ${id} to ${to}`;
  card.addEventListener('click', () => (card.textContent = 'Paid. Have a good flight!'));
  return card;
}
