namespace Orchestration.Client;

/// <summary>Text that comes from outside on its way to a person: nothing in it may steer the terminal.</summary>
internal static class Printable
{
    /// <summary>The text as one line, with a mark in place of every control character.</summary>
    /// <param name="text">What a service, an agent or a file says.</param>
    public static string Line(string text)
        => text.Any(char.IsControl) ? string.Concat(text.Select(character => char.IsControl(character) ? '\uFFFD' : character)) : text;

    /// <summary>The same for our own text of several lines.</summary>
    /// <param name="text">Lines, of which none has come from outside as a whole.</param>
    public static string Lines(string text) => string.Join('\n', text.Split('\n').Select(Line));
}
