using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sidecar.Resources;

namespace Sidecar.PubSub;

/// <summary>
/// Chooses the path for an event. Of the expression language it knows comparisons of a field with a literal
/// (<c>event.type == "x"</c>, <c>event.data.amount != 3</c>) joined by <c>&amp;&amp;</c> and <c>||</c>.
/// </summary>
internal static partial class RouteMatcher
{
    /// <summary>Null when no rule matches: the event is not for this subscriber.</summary>
    public static string? Choose(Subscription subscription, JsonObject envelope) =>
        subscription.Routes.FirstOrDefault(rule => rule.Match is not { Length: > 0 } match || Matches(match, envelope))?.Path;

    /// <summary>The first expression that is not understood, if any.</summary>
    public static string? FindUnsupported(Subscription subscription) =>
        subscription.Routes.Select(rule => rule.Match).OfType<string>()
            .FirstOrDefault(match => match.Length > 0 && !Terms(match).SelectMany(all => all).All(term => Comparison().IsMatch(term)));

    private static bool Matches(string match, JsonObject envelope) =>
        Terms(match).Any(all => all.All(term => Holds(term, envelope)));

    private static IEnumerable<IEnumerable<string>> Terms(string match) =>
        match.Split("||").Select(alternative => alternative.Split("&&").Select(term => term.Trim()));

    private static bool Holds(string term, JsonObject envelope)
    {
        var parts = Comparison().Match(term);
        if (!parts.Success)
        {
            return false;
        }

        JsonNode? value = envelope;
        foreach (var name in parts.Groups["path"].Value.Split('.').Skip(1))
        {
            value = (value as JsonObject)?[name];
        }

        return IsEqual(value, parts.Groups["literal"].Value) == (parts.Groups["operator"].Value == "==");
    }

    private static bool IsEqual(JsonNode? value, string literal) => value is JsonValue found && (literal[0] is '"' or '\''
        ? found.TryGetValue<string>(out var text) && text == literal[1..^1]
        : found.ToString() == literal
            || (double.TryParse(literal, CultureInfo.InvariantCulture, out var number) && found.TryGetValue<double>(out var other)
                && number.Equals(other)));

    [GeneratedRegex("""^(?<path>event(\.[A-Za-z_][A-Za-z0-9_]*)+)\s*(?<operator>==|!=)\s*(?<literal>"[^"]*"|'[^']*'|true|false|-?[0-9.]+)$""")]
    private static partial Regex Comparison();
}
