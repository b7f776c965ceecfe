namespace Monitor.Storage;

/// <summary>Names a run; the same id in another tenant is another run.</summary>
internal readonly record struct RunKey(string Tenant, string RunId);
