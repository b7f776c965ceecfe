namespace DocumentAgents.Reading;

/// <summary>Carries a failure from the depth of a parser to <see cref="DocumentReader"/>, which turns it into a result.</summary>
internal sealed class ReadException(ReadFailure failure) : Exception(failure.Message)
{
    public ReadFailure Failure { get; } = failure;

    public static ReadException Malformed(string message, Place? place = null) => new(new(ReadFailureCodes.Malformed, message, place));

    public static ReadException Limit(string message, Place? place = null) => new(new(ReadFailureCodes.LimitExceeded, message, place));
}
