using System.Globalization;
using System.Text.Json;

namespace Orchestration.Client;

/// <summary>A file of this machine cannot be used; the message names the file, the place in it and what is wrong.</summary>
/// <param name="message">For the person who named the file.</param>
public sealed class InputException(string message) : Exception(message)
{
    /// <summary>A file that is not JSON: <c>file:line:column: reason</c>.</summary>
    internal static InputException NotJson(string path, JsonException problem)
    {
        // The reader's own words end with its places, counted from zero.
        var reason = problem.Message.Split([" Path: ", " LineNumber: "], StringSplitOptions.None)[0].TrimEnd('.');
        var place = problem.LineNumber is { } line
            ? string.Create(CultureInfo.InvariantCulture, $"{path}:{line + 1}:{(problem.BytePositionInLine ?? 0) + 1}")
            : path;
        return new InputException($"{place}: not JSON: {reason}");
    }
}
