namespace Dapr.Common;

/// <summary>A client of one building block of the sidecar.</summary>
public interface IDaprClient : IDisposable;
