using System.Globalization;

namespace Orchestration.Domain.Plans;

/// <summary>Writes places of a document, for example <c>steps[3].input['odd name']</c>.</summary>
internal static class DocumentPath
{
    internal static string Member(string name) => IsPlain(name) ? $".{name}" : $"['{name}']";

    internal static string Index(int index) => string.Create(CultureInfo.InvariantCulture, $"[{index}]");

    /// <summary>A member of a path that may be empty.</summary>
    internal static string Join(string path, string name) => path.Length == 0 && IsPlain(name) ? name : path + Member(name);

    private static bool IsPlain(string name) => name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-');
}
