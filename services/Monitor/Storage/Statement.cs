using System.Data.Common;

namespace Monitor.Storage;

/// <summary>SQL and its parameters.</summary>
/// <param name="Sql">With parameters by name: <c>@tenant</c>.</param>
/// <param name="Values">Strings, numbers and byte arrays; nothing is null, an absent time is 0.</param>
internal sealed record Statement(string Sql, params (string Name, object Value)[] Values)
{
    /// <summary>Sets the parameters of a command made for <see cref="Sql"/>.</summary>
    public void Bind(DbParameterCollection parameters, Func<DbParameter> create)
    {
        for (var i = 0; i < Values.Length; i++)
        {
            if (i == parameters.Count)
            {
                var parameter = create();
                parameter.ParameterName = Values[i].Name;
                parameters.Add(parameter);
            }

            parameters[i].Value = Values[i].Value is string text ? Storable(text) : Values[i].Value;
        }
    }

    // PostgreSQL refuses NUL and half surrogate pairs; what an agent says must not stop the history.
    private static string Storable(string text) =>
        text.Contains('\0') || text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')
            ? string.Concat(text.EnumerateRunes().Select(rune => rune.Value == 0 ? "\uFFFD" : rune.ToString()))
            : text;
}
