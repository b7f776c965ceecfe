using System.Globalization;
using System.Text.Json;

namespace Orchestration.Domain.Plans;

/// <summary>
/// How deep the values of a run may be nested: agents and other readers commonly stop at 64 levels, with their own around the value.
/// </summary>
internal static class ValueDepth
{
    internal const int Max = 48;

    /// <returns>Why the value is refused; null when it is fine.</returns>
    internal static string? Exceeded(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Max + 1, CommentHandling = JsonCommentHandling.Skip });
        while (reader.Read())
        {
            if (reader.CurrentDepth >= Max && reader.TokenType is (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                return string.Create(CultureInfo.InvariantCulture, $"the value is nested deeper than {Max} levels");
            }
        }

        return null;
    }
}
