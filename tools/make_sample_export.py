#!/usr/bin/env python3
"""Writes a WhatsApp-style chat of two invented people over three years to standard output: something to import.

Usage: make_sample_export.py [--count 2000] [--seed 1] [--style android|ios]

The same arguments give the same bytes. Nobody in it exists; places outside the big cities are invented too."""
import argparse
import datetime
import random
import sys

PEOPLE = ("Nele Brandt", "Jonas Okafor")
START = datetime.datetime(2021, 3, 1, 7, 30)
DAYS = 3 * 365

FRIENDS = ("Mara", "Tilo", "Ines", "Aunt Edda", "Grandpa Ruben", "Salma", "Piet", "Yuki", "Carlotta",
           "Old Mr Fenwick", "Dr Haldane", "the neighbours", "Bao", "Lucia", "Kofi")
PLACES = ("the harbour", "Linden Square", "the allotment", "the swimming hall", "Café Möwe", "the library",
          "Birch Lake", "the market hall", "the hardware store", "the old mill", "platform 4",
          "the bakery on Gate Street", "the repair shop", "the climbing hall", "the school gym")
TRIPS = ("Lisbon", "the Harz", "Copenhagen", "Lake Constance", "Ghent", "the Baltic coast", "Kraków", "Bologna")
DISHES = (
    ("plum cake", "1 kg plums, 200 g butter, 180 degrees, 45 minutes"),
    ("lentil soup", "red lentils, cumin, a lemon, coconut milk at the end"),
    ("jollof rice", "long grain, roasted peppers, thyme, and let it catch a little at the bottom"),
    ("rye bread", "feed the sourdough the evening before, 250 degrees for ten minutes, then 200"),
    ("pumpkin risotto", "hokkaido with its skin, white wine, sage fried in butter"),
    ("potato salad", "broth instead of mayonnaise, as Aunt Edda makes it"),
    ("apple crumble", "Boskoop apples, oats, cinnamon, half of the sugar in the book"),
    ("miso noodles", "two spoons of white miso, never boil it, spring onions on top"),
    ("shakshuka", "a tin of tomatoes, harissa, four eggs, lid on for six minutes"),
    ("cinnamon buns", "cardamom in the dough, tie a knot, pearl sugar"),
)
THINGS = ("the ladder", "the cake tin", "the blue tent", "the drill", "my grey scarf", "the spare key",
          "the bicycle pump", "the board game", "the raclette grill", "the sewing machine", "the headlamp",
          "the rucksack")
BOOKS = ("the one about lighthouses", "a novel set on a ferry", "the history of tea", "that thin book on beekeeping",
         "the atlas of lost islands", "a crime story in the Dolomites")
APPOINTMENTS = ("dentist", "eye doctor", "parents' evening", "car inspection", "chimney sweep", "haircut",
                "vet with Momo", "physiotherapy", "appointment at the town hall", "piano tuner")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
REPAIRS = ("the washing machine stops before spinning",
           "the tap in the kitchen drips again",
           "the heating in the bathroom stays cold", "the back brake squeaks",
           "the router loses the connection at night", "the cellar door sticks when it rains",
           "the lamp in the hall flickers")
GARDEN = ("tomatoes", "runner beans", "chard", "the quince", "strawberries", "dahlias", "the fig tree", "peas")
SHORT = ("Ok!", "Perfect, thanks.", "On my way", "😂", "Running ten minutes late, sorry", "Yes please", "Good night 🌙",
         "No idea, ask {friend}", "👍", "Call me when you are free", "Sounds good", "Did you see that?", "Already done.",
         "Haha, of course", "Sleep well", "Just landed", "Home now")

# Each is filled with a choice of every name it uses.
TEMPLATES = (
    "Can you bring {thing} to {place} on {weekday}? {friend} needs it back by {hour}:{minute}.",
    "{appointment} is on {weekday} at {hour}:{minute}, second floor, ring twice. Please remind me the evening before.",
    "Made {dish} today. For next time: {recipe}.",
    "Recipe for {dish}, since you asked:\n{recipe}\n{friend} says a pinch of nutmeg does no harm.",
    "{friend} called: the train arrives at {place} at {hour}:{minute}, can one of us fetch them?",
    "Shopping for {weekday}: {groceries}. And something sweet for {friend}.",
    "The man from the repair service looked at it: {repair}. A new part costs {price} euros and comes in {days} days.",
    "I finished {book}. Lent it to {friend}, they will love the last chapter.",
    "Idea for {trip}: leave on {weekday} at {hour}:{minute}, stay {days} nights, {friend} knows a room above a bar.",
    "Booked! {trip}, {days} nights, {price} euros for both of us, breakfast included. Confirmation is in the mail.",
    "In the garden: {plant} planted along the wall, {plant2} must wait until the nights are warmer.",
    "We have so much of {plant} that I gave a basket to {friend}.",
    "{friend} has a birthday on {weekday}. What about {book}, or {thing} like ours?",
    "The meeting was moved to {weekday}, {hour}:{minute}. That gives us time to go to {place} before.",
    "Momo ate half of {dish} from the table. The vet says: only water until tomorrow.",
    "Parked near {place}, third row, under the chestnut tree. The ticket runs until {hour}:{minute}.",
    "What I learned today: {fact}",
    "Met {friend} at {place}. They send greetings and ask whether we come to the summer party on {weekday}.",
    "The choir rehearses at {place} from now on, every {weekday} at {hour}:{minute}.",
    "Measured the window: {price} by 112 centimetres. The curtain should be {days} centimetres longer on each side.",
    "{thing} is in the cellar, left shelf, behind the paint. I looked for it for an hour!",
    "Swam {days} lengths without a break today. The water at {place} is cold but clear.",
)
FACTS = ("bees can recognise faces.", "you clean a kettle with citric acid, never with hot vinegar.",
         "the fastest way to the airport is the bus 47, not the train.", "a quince has to sweat before you cook it.",
         "the library lends telescopes!", "the tide table for Büsum is one hour off in summer.",
         "rosemary cuttings root in plain water within three weeks.")
GROCERIES = ("oat milk", "onions", "rye flour", "dish soap", "a dozen eggs", "feta", "coffee beans", "basil",
             "lemons", "tinned tomatoes", "cat food", "yeast", "parsley", "red lentils")


def fill(template: str, dice: random.Random) -> str:
    dish, recipe = dice.choice(DISHES)
    plant, plant2 = dice.sample(GARDEN, 2)
    text = template.format(
        thing=dice.choice(THINGS), place=dice.choice(PLACES), weekday=dice.choice(WEEKDAYS),
        friend=dice.choice(FRIENDS), hour=dice.randint(7, 21), minute=dice.choice(("00", "15", "30", "45")),
        appointment=dice.choice(APPOINTMENTS).capitalize(), dish=dish, recipe=recipe,
        groceries=", ".join(dice.sample(GROCERIES, 4)), repair=dice.choice(REPAIRS), price=dice.randint(12, 340),
        days=dice.randint(2, 14), book=dice.choice(BOOKS), trip=dice.choice(TRIPS), plant=plant, plant2=plant2,
        fact=dice.choice(FACTS))
    return text[0].upper() + text[1:]


def message(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.25:
        return fill(dice.choice(SHORT), dice)
    if kind < 0.85:
        return fill(dice.choice(TEMPLATES), dice)
    return fill(dice.choice(TEMPLATES), dice) + "\n" + fill(dice.choice(TEMPLATES), dice)


def times(count: int, dice: random.Random) -> list[datetime.datetime]:
    """Conversations: some minutes apart within, hours or days between; from START on, in order."""
    pauses = [dice.expovariate(1 / 3) if dice.random() < 0.8 else dice.expovariate(1 / 900) + 60
              for _ in range(count)]
    scale = (DAYS * 24 * 60) / max(1.0, sum(pause for pause in pauses if pause > 60))
    found, now = [], START
    for pause in pauses:
        now += datetime.timedelta(minutes=pause * scale if pause > 60 else pause)
        if now.hour < 7:
            now = now.replace(hour=7 + now.hour % 3)
        found.append(now)
    return found


def head(time: datetime.datetime, style: str) -> str:
    if style == "ios":
        return f"[{time:%d.%m.%y, %H:%M:%S}] "
    return f"{time:%d.%m.%y, %H:%M} - "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--style", choices=("android", "ios"), default="android")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    out = sys.stdout
    out.reconfigure(encoding="utf-8", newline="\n")
    notice = "Messages and calls are end-to-end encrypted."
    speaker = f"{PEOPLE[0]}: \u200e" if options.style == "ios" else ""
    out.write(f"{head(START, options.style)}{speaker}{notice}\n")
    for time in times(options.count, dice):
        out.write(f"{head(time, options.style)}{dice.choice(PEOPLE)}: {message(dice)}\n")


if __name__ == "__main__":
    main()
